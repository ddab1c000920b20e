import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { isSealedToday, type Place, seal, sealPrefix, unseal } from '#server/secrets/seal.ts';
import type { SealedTable } from './sealed-columns.ts';

/** Rows in one transaction, few enough that nobody waits for their locks. */
const batch = 100;

type Sealed = Uint8Array<ArrayBuffer>;
type Row = { owner: string; id: string } & Record<string, string | Sealed | null>;
type Done = { rows: number; unreadable: string[] };

/** How many rows of the table hold something that is not sealed under today's key, in today's form. */
export async function countLeft(table: SealedTable): Promise<number> {
  const [row] = await asPlatform(({ db }) =>
    db.$queryRawUnsafe<{ count: number }[]>(
      `select count(*)::int as count from ${table.name} where ${notSealedToday(table, 1)}`,
      sealPrefix(),
    ),
  );
  return row?.count ?? 0;
}

/**
 * Seals under today's key what another one sealed, a batch at a time in the order of ids. What is done is seen by what
 * is stored, so whoever is killed goes on where it was. Whoever changes a secret meanwhile waits for one batch at most,
 * and who only reads waits for nothing. What no known key opens is left as it is and named.
 */
export async function reseal(table: SealedTable, tell: (done: number) => void): Promise<Done> {
  const done: Done = { rows: 0, unreadable: [] };
  for (let after = [first, first]; ; ) {
    const part = await asPlatform((tx) => resealBatch(tx, table, after));
    done.rows += part.resealed;
    done.unreadable.push(...part.unreadable);
    if (part.resealed > 0) tell(done.rows);
    if (!part.last) return done;
    after = [part.last.owner, part.last.id];
  }
}

const first = '00000000-0000-0000-0000-000000000000';

async function resealBatch(tx: PlatformTx, table: SealedTable, after: string[]) {
  const rows = await readBatch(tx, table, after);
  const unreadable: string[] = [];
  let resealed = 0;
  for (const row of rows) {
    const renewed = sealAnew(table, row, (column) => unreadable.push(`${table.name}.${column} of ${row.id}`));
    if (renewed.length === 0) continue;
    await write(tx, table, row, renewed);
    resealed += 1;
  }
  return { resealed, unreadable, last: rows.at(-1) };
}

/** Not FOR UPDATE: messages that come in lean on their channel's row and must not wait. */
const readBatch = ({ db }: PlatformTx, table: SealedTable, after: string[]) =>
  db.$queryRawUnsafe<Row[]>(
    `select ${ownerOf(table)}::text as owner, id::text as id, ${table.columns.join()} from ${table.name}
     where (${ownerOf(table)}, id) > ($1::uuid, $2::uuid) and ${notSealedToday(table, 3)}
     order by ${ownerOf(table)}, id limit ${batch} for no key update`,
    ...after,
    sealPrefix(),
  );

type Renewed = { column: string; sealed: Sealed };

function sealAnew(table: SealedTable, row: Row, lost: (column: string) => void): Renewed[] {
  return table.columns.flatMap((column) => {
    const sealed = row[column];
    if (!(sealed instanceof Uint8Array) || isSealedToday(sealed)) return [];
    const place = placeOf(table, row, column);
    try {
      return { column, sealed: seal(unseal(sealed, place), place) };
    } catch {
      lost(column);
      return [];
    }
  });
}

const placeOf = ({ name, owner }: SealedTable, row: Row, column: string): Place => ({
  ...(owner === 'tenant' ? { tenantId: row.owner } : { userId: row.owner }),
  column: `${name}.${column}`,
});

const write = ({ db }: PlatformTx, table: SealedTable, { owner, id }: Row, renewed: Renewed[]) =>
  db.$executeRawUnsafe(
    `update ${table.name} set ${renewed.map(({ column }, index) => `${column} = $${index + 3}`).join()}
     where ${ownerOf(table)} = $1::uuid and id = $2::uuid`,
    ...[owner, id, ...renewed.map(({ sealed }) => sealed)],
  );

const ownerOf = ({ owner }: SealedTable) => (owner === 'tenant' ? 'tenant_id' : 'id');

const notSealedToday = ({ columns }: SealedTable, parameter: number) =>
  `(${columns.map((column) => `substring(${column} from 1 for 8) <> $${parameter}`).join(' or ')})`;
