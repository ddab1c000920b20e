/** A file that cannot be read at all, or not beyond some line. The message is for who brought it: where, why, and what to do. */
export class Unreadable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unreadable';
  }
}

/** A row of a file as it stands there, at the line where it begins; the first is line 1. */
export type Row = { line: number; cells: string[] };

export type Bytes = AsyncIterable<Uint8Array>;
export const mostColumns = 500;
export const mostRows = 1_000_000;

/** How many columns a row may have, in words about the one that has more. */
export function refuseWide({ line, cells }: Row) {
  if (cells.length > mostColumns)
    throw new Unreadable(
      `Line ${line} has ${number(cells.length)} columns, and at most ${mostColumns} fit. Remove those that are not needed, or choose another separator.`,
    );
}

export const number = (count: number) => count.toLocaleString('en');
