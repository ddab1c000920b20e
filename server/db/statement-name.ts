const names = new Map<string, string>();
// A backend keeps what it prepared until it ends. What is beyond (lists of changing length, mostly) is planned each time.
const mostNames = 200;

/** The name under which a connection prepares this SQL once and then only runs it; empty when there are too many already. */
export function statementName({ sql }: { sql: string }): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  if (names.size >= mostNames) return '';
  const name = `parley_${names.size}`;
  names.set(sql, name);
  return name;
}
