/** Readers of JSON that somebody else wrote: the value where it has the form, nothing where it has not. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** A text that is not empty, else null. */
export const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

// What PostgreSQL cannot hold: NUL, and halves of a surrogate pair. Only a source that may have some pays for the look.
const suspicious = /\\u(0000|d[89a-f])/i;
// One escape after the other, so that a second backslash begins none: a whole pair, a half or NUL, any other.
const escapes = /\\(?:ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|u(0000|d[89a-f][0-9a-f]{2})|.)/gis;

/** JSON in which what PostgreSQL cannot hold is U+FFFD: in the source, where names and values, however deep, are alike. */
export function storable(source: string): string {
  if (!suspicious.test(source)) return source;
  return source.replace(escapes, (found, unstorable?: string) =>
    unstorable === undefined ? found : '\\ufffd',
  );
}

export const parseStorable = (source: string): unknown => JSON.parse(storable(source));

/** The most that a wamid may be long, in characters: an index holds no more. Meta's have some 60. */
export const longestWamid = 800;

/** A text in which what PostgreSQL cannot hold is U+FFFD. */
export const storableText = (value: string): string => value.toWellFormed().replaceAll('\0', '\ufffd');
