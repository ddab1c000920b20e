const known = new Map<string, { number: number; runs: number }>();
// A backend keeps what it prepared until it ends. What is beyond (lists of changing length, mostly) is planned each time.
const mostNames = 200;

/**
 * The name under which a connection prepares this SQL once and then only runs it; empty when there are too many already.
 * Another one each time that it has run four times as often: a plan stays as it is until its table is analysed, and one
 * that was made in the first second of a burst into an empty table walks through all of it.
 */
export function statementName({ sql }: { sql: string }): string {
  const statement = known.get(sql) ?? { number: known.size, runs: 0 };
  if (statement.number >= mostNames) return '';
  known.set(sql, statement);
  statement.runs += 1;
  return `parley_${statement.number}_${generationOf(statement.runs)}`;
}

const generationOf = (runs: number) => Math.floor(Math.log2(runs) / 2);
