import type { PoolClient } from 'pg';
import { pool } from './pool.ts';
import { type Sql, sqlOn } from './sql-on.ts';
import { untilItNeedNotGiveWay } from './transaction.ts';

/** Sees every tenant, and speaks SQL only. Whoever holds a PlatformTx may hand it on as one of these. */
export type BatchTx = { readonly platform: true; readonly db: Sql };

/**
 * The platform's door for what commits for many at once: a transaction without Prisma between it and PostgreSQL, because
 * what a commit costs whatever is in it is what a lonely message costs. What `work` asks without waiting for the answer
 * before leaves together. `last` leaves together with the commit, so it has to ask everything before it waits for any
 * answer. Both may run again after a deadlock.
 */
export function asBatch<T>(work: Work<T>, last?: Last<T>): Promise<T> {
  return untilItNeedNotGiveWay(async () => {
    const connection = await pool('batch').connect();
    try {
      const result = await between(connection, work, last);
      connection.release();
      return result;
    } catch (error) {
      connection.release(await rollBack(connection));
      throw error;
    }
  });
}

type Work<T> = (tx: BatchTx) => Promise<T>;
type Last<T> = (tx: BatchTx, result: T) => Promise<unknown>;

async function between<T>(connection: PoolClient, work: Work<T>, last?: Last<T>): Promise<T> {
  // Not waited for: it leaves together with the first statement. Where it fails, so does all that follows.
  const began = connection.query('begin');
  began.catch(() => undefined);
  const tx: BatchTx = { platform: true, db: sqlOn(connection) };
  const result = await work(tx);
  const told = last?.(tx, result);
  const [{ command }] = await Promise.all([connection.query('commit'), told, began]);
  // PostgreSQL ends a transaction in which something failed that nobody looked at in its own way, without an error.
  if (command !== 'COMMIT') throw new Error('the transaction was rolled back: something in it had failed');
  return result;
}

/** True where the connection is of no more use. */
const rollBack = (connection: PoolClient): Promise<boolean> =>
  connection.query('rollback').then(
    () => false,
    () => true,
  );
