import { askOnce } from './database.ts';
import { Trouble } from './trouble.ts';

/** Rows of a run, and how many different messages they are; the latter null where the statement does not tell. */
export type Rows = { readonly rows: number; readonly distinct: number | null };

export const countMessages =
  'select count(*), count(distinct wamid) as distinct from messages where wamid like $1';

/** Counts with a statement whose `$1` is what the run's wamids are like, and which answers `count`, maybe `distinct`. */
export async function countRows(database: string, prefix: string, sql = countMessages): Promise<Rows> {
  type Row = { readonly count?: string; readonly distinct?: string };
  const [row] = await askOnce<Row>(database, sql, [`${prefix}%`]).catch((error) => {
    throw new Trouble(`Rows could not be counted: ${error.message}`);
  });
  if (row?.count === undefined)
    throw new Trouble('Rows could not be counted: the statement answers no "count".');
  return { rows: Number(row.count), distinct: row.distinct === undefined ? null : Number(row.distinct) };
}
