import { setTimeout as sleep } from 'node:timers/promises';
import type { Prisma, PrismaClient } from './generated/client.ts';
import { noteRefusal } from './refused-writes.ts';
import { sqlState } from './sql-state.ts';

export type Db = Prisma.TransactionClient;

// PostgreSQL chose this transaction to give way (deadlock, serialization): nothing of it happened, it may run again.
const giveWay = new Set(['40P01', '40001']);
const mostTries = 4;

/** One transaction of Prisma's. Runs `work` again when PostgreSQL made it give way. */
export const transaction = <T>(prisma: PrismaClient, work: (db: Db) => Promise<T>): Promise<T> =>
  untilItNeedNotGiveWay(() => prisma.$transaction(work));

/** Runs a whole transaction, and again when PostgreSQL made it give way. */
export async function untilItNeedNotGiveWay<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      noteRefusal(error);
      if (attempt === mostTries || !giveWay.has(sqlState(error) ?? '')) throw error;
      await sleep(Math.random() * 20 * attempt);
    }
  }
}
