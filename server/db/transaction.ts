import { setTimeout as sleep } from 'node:timers/promises';
import { client } from './client.ts';
import type { Prisma } from './generated/client.ts';
import { sqlState } from './sql-state.ts';

export type Db = Prisma.TransactionClient;

// PostgreSQL chose this transaction to give way (deadlock, serialization): nothing of it happened, it may run again.
const giveWay = new Set(['40P01', '40001']);
const mostTries = 4;

/** One transaction under a role that is given up at its end. Runs `work` again when PostgreSQL made it give way. */
export async function transaction<T>(
  enter: (db: Db) => Promise<unknown>,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await client().prisma.$transaction(async (db) => {
        await enter(db);
        return work(db);
      });
    } catch (error) {
      if (attempt === mostTries || !giveWay.has(sqlState(error) ?? '')) throw error;
      await sleep(Math.random() * 20 * attempt);
    }
  }
}
