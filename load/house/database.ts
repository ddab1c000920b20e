import pg from 'pg';

/** A connection of its own to whatever database a run counts in. */
export type Database = {
  readonly ask: <Row extends object>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;
  readonly close: () => Promise<void>;
};

export async function openDatabase(url: string): Promise<Database> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {}); // told by the query that was under way
  await client.connect();
  return {
    ask: async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
      (await client.query<Row>(sql, [...values])).rows,
    close: () => client.end(),
  };
}

/** Asks one thing. */
export async function askOnce<Row extends object>(
  url: string,
  sql: string,
  values?: readonly unknown[],
): Promise<Row[]> {
  const database = await openDatabase(url);
  try {
    return await database.ask<Row>(sql, values);
  } finally {
    await database.close();
  }
}
