import { CsvError, parse } from 'csv-parse';
import { type Row, refuseWide, Unreadable } from './unreadable.ts';

export const delimiters = [',', ';', '\t', '|'] as const;

// A cell of ten million letters is refused alone, with its line and column, so the parser has to let it through.
const mostLetters = 12_000_000;

/** The rows of a CSV text, as many at a time as a piece of the text holds. Rows without any cell are left out. */
export async function* readCsv(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<Row[]> {
  let rows: Row[] = [];
  let [last, breaks] = [0, 0];
  const parser = parse({
    delimiter,
    ...{ relax_column_count: true, relax_quotes: true, skip_empty_lines: true },
    ...{ record_delimiter: ['\r\n', '\n', '\r'], max_record_size: mostLetters },
    on_record: (cells: string[], { records, empty_lines }) => {
      const row = { line: records + empty_lines + breaks, cells };
      breaks += breaksIn(cells);
      last = records + empty_lines + breaks;
      refuseWide(row);
      rows.push(row);
      return null;
    },
  });
  parser.on('error', () => undefined);
  parser.resume();
  try {
    for await (const letters of text) {
      // As bytes, which may be cut between any two: the parser puts letters together again.
      const piece = Buffer.from(letters);
      // Small steps: what waits to be handled stays small as well.
      for (let at = 0; at < piece.length; at += 65_536) {
        await written(parser, piece.subarray(at, at + 65_536));
        if (rows.length === 0) continue;
        yield rows;
        rows = [];
      }
    }
    await new Promise<void>((resolve, reject) => {
      parser.once('error', reject);
      parser.end(resolve);
    });
  } catch (error) {
    if (error instanceof CsvError) throw inWords(error, last);
    throw error;
  } finally {
    parser.destroy();
  }
  if (rows.length > 0) yield rows;
}

const written = (parser: ReturnType<typeof parse>, piece: Buffer) =>
  new Promise<void>((resolve, reject) => {
    parser.write(piece, (error) => (error ? reject(error) : resolve()));
  });

/** The parser counts some ends of lines within quotes twice. */
function breaksIn(cells: string[]): number {
  let breaks = 0;
  for (const cell of cells)
    if (cell.includes('\n') || cell.includes('\r')) breaks += cell.match(/\r\n|\r|\n/g)?.length ?? 0;
  return breaks;
}

function inWords(error: CsvError, last: number): Error {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return new Unreadable(
      `The quoted text that begins on line ${last + 1} or after it is never closed. Add the missing quotation mark (") and try again.`,
    );
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return new Unreadable(
      `Line ${last + 1} is longer than 12 million characters. Perhaps a quotation mark (") is missing there.`,
    );
  return new Unreadable(`Line ${last + 1} cannot be read as CSV: ${error.message}.`);
}

/** The separator that cuts the first lines into most columns of which each line has the same number. */
export function guessDelimiter(text: string): string {
  const lines = unquoted(text)
    .split(/\r\n|\r|\n/)
    .filter((line) => line !== '')
    .slice(0, 50);
  const points = delimiters.map((delimiter) => {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const usual = counts.toSorted((a, b) => a - b)[counts.length >> 1] ?? 0;
    const alike = counts.filter((count) => count === usual).length / Math.max(counts.length, 1);
    return {
      delimiter,
      points: usual === 0 ? (counts[0] ?? 0) / 1_000 : alike * 10 + Math.min(usual, 20) / 10,
    };
  });
  const best = points.toSorted((a, b) => b.points - a.points)[0];
  return best && best.points > 0 ? best.delimiter : ',';
}

/** Without what stands in quotation marks, where separators and line ends mean nothing. */
const unquoted = (text: string) => text.replace(/"(?:[^"]|"")*"/g, '');
