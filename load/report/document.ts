type Level = 1 | 2 | 3 | 4;

/** A text that is written as Markdown and as HTML. */
export type Block =
  | { readonly kind: 'heading'; readonly level: Level; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'lines'; readonly text: string }
  /** Only in HTML; what it shows stands in a table as well. */
  | { readonly kind: 'chart'; readonly svg: string; readonly caption: string }
  /** Where the figures above are from. */
  | { readonly kind: 'source'; readonly files: readonly string[] };

export const heading = (level: Level, text: string): Block => ({ kind: 'heading', level, text });
export const text = (words: string): Block => ({ kind: 'text', text: words });
export const list = (items: readonly string[]): Block => ({ kind: 'list', items });
export const lines = (words: string): Block => ({ kind: 'lines', text: words });
export const source = (...files: readonly string[]): Block => ({ kind: 'source', files });
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  head,
  rows,
});

/** Whether a column holds numbers, which stand to the right. */
export const isNumeric = (rows: readonly (readonly string[])[], column: number): boolean =>
  column > 0 && rows.every((cells) => /^[\d–+-]/.test(cells[column] ?? ''));
