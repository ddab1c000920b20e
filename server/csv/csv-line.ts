import { guarded } from './guard-cell.ts';

/** One line of a CSV file (RFC 4180), in which no cell is a formula. */
export const csvLine = (cells: readonly (string | number | boolean | null)[]): string =>
  `${cells.map(cell).join(',')}\r\n`;

function cell(value: string | number | boolean | null): string {
  const harmless = typeof value === 'string' ? guarded(value) : value === null ? '' : String(value);
  return /[",\r\n\t']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
