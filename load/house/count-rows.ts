import pg from 'pg';

/** Rows of a run, and how many different messages they are; the latter null where the statement does not tell. */
export type Rows = { readonly rows: number; readonly distinct: number | null };

export const countMessages = 'select count(*), count(distinct wamid) from messages where wamid like $1';

/** Counts with a statement whose `$1` is what the run's wamids are like; its first columns are rows and distinct ones. */
export async function countRows(database: string, prefix: string, sql = countMessages): Promise<Rows> {
  const [[rows, distinct] = []] = await ask<string[]>(database, sql, [`${prefix}%`]);
  return { rows: Number(rows ?? 0), distinct: distinct === undefined ? null : Number(distinct) };
}

/** Rows as arrays, from a connection of its own. */
export async function ask<Row extends unknown[]>(
  database: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {}); // told by the query that was under way
  await client.connect();
  try {
    return (await client.query<Row>({ text: sql, values, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}
