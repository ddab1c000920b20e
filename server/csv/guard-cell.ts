// What a spreadsheet would take for a formula, and run: OWASP, "CSV Injection".
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

/**
 * A text in front of which nothing is a formula: an apostrophe goes before it. Before one that begins with apostrophes
 * and a sign of a formula too, so that `unguarded` gives every text back as it was.
 */
export const guarded = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** The text that was guarded. */
export const unguarded = (text: string): string =>
  text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
