/** A secret by its name. One of a few digits counts only where it stands alone. */
export type Planted = Record<string, string>;

/** The names of those secrets that a text shows, plain or in the clothes in which they travel. */
export const findLeaks = (text: string, planted: Planted): string[] =>
  Object.entries(planted).flatMap(([name, secret]) =>
    clothesOf(secret).some((word) => shows(text, word)) ? name : [],
  );

function clothesOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    ...[secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)],
    ...[bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url'), bytes.toString('hex')],
  ];
}

const shows = (text: string, word: string): boolean =>
  /^\d{1,8}$/.test(word) ? new RegExp(`(?<![\\w.])${word}(?!\\w)`).test(text) : text.includes(word);
