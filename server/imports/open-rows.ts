import { unguarded } from '#server/csv/guard-cell.ts';
import { readFile } from '#server/storage/read-file.ts';
import type { Format, Options } from './columns.ts';
import { decodeText, type Encoding, encodings, survey } from './decode-text.ts';
import { guessDelimiter, readCsv } from './read-csv.ts';
import { isWorkbook, readSheet, readWorkbook } from './read-xlsx.ts';
import { type Bytes, type Row, Unreadable } from './unreadable.ts';

/** A file's bytes, from the beginning each time. */
export type Source = () => Bytes;

export const storedSource =
  (tenantId: string, fileId: string): Source =>
  () =>
    readFile(tenantId, fileId);

export type Shape = Pick<Format, 'kind' | 'encoding' | 'delimiter' | 'sheets'> & { lines: number | null };

/** What kind of file it is, and how it is to be read. Throws Unreadable for what is no list. */
export async function shapeOf(source: Source): Promise<Shape> {
  const head = await firstPiece(source());
  if (head === undefined) throw new Unreadable('The file is empty.');
  if (isWorkbook(head)) {
    const { sheets } = await readWorkbook(source());
    return {
      kind: 'xlsx',
      encoding: null,
      delimiter: null,
      sheets: sheets.map(({ name }) => name),
      lines: null,
    };
  }
  const { encoding, lines } = await survey(source());
  const text = new TextDecoder(encoding).decode(head.subarray(0, 100_000));
  if (text.trim() === '') throw new Unreadable('The file is empty.');
  return { kind: 'csv', encoding, delimiter: guessDelimiter(text), sheets: [], lines };
}

async function firstPiece(bytes: Bytes): Promise<Uint8Array | undefined> {
  for await (const piece of bytes) return piece;
  return undefined;
}

/** All rows of the file, from the first line, as many at a time as come together, and as they were before an export. */
export async function* openRows(...of: Parameters<typeof readRows>): AsyncGenerator<Row[]> {
  for await (const rows of readRows(...of))
    yield rows.map(({ line, cells }) => ({ line, cells: cells.map(unguarded) }));
}

async function* readRows(
  source: Source,
  { kind, encoding, delimiter }: Pick<Format, 'kind' | 'encoding' | 'delimiter'>,
  options: Pick<Options, 'sheet' | 'delimiter'>,
): AsyncGenerator<Row[]> {
  if (kind === 'xlsx') {
    const book = await readWorkbook(source());
    const sheet = book.sheets.find(({ name }) => name === options.sheet) ?? book.sheets[0];
    if (sheet) yield* readSheet(source(), book, sheet.path);
    return;
  }
  const known: Encoding = encodings.find((name) => name === encoding) ?? 'utf-8';
  yield* readCsv(decodeText(source(), known), options.delimiter ?? delimiter ?? ',');
}
