import { csvLine } from '#server/csv/csv-line.ts';

type Cells = (string | number | null)[];

/** A CSV file of these pages of lines, page by page. */
export async function* csvFile(head: string[], pages: AsyncIterable<Cells[]>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  // Spreadsheets take a file without this mark for one of their own country's letters.
  yield encoder.encode(`\uFEFF${csvLine(head)}`);
  for await (const page of pages) yield encoder.encode(page.map(csvLine).join(''));
}
