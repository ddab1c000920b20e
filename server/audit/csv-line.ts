// What a spreadsheet would take for a formula, and run: OWASP, "CSV Injection".
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

/** One line of a CSV file (RFC 4180), in which no cell is a formula. */
export const csvLine = (cells: readonly (string | number | boolean | null)[]): string =>
  `${cells.map(cell).join(',')}\r\n`;

function cell(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value);
  const harmless = typeof value === 'string' && formula.test(text) ? `'${text}` : text;
  return /[",\r\n\t']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
