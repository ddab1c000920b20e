import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from './database.ts';

/** Between two stalls. Milliseconds. */
const breath = 20;

/**
 * Makes a product's database slow, as a disk that stalls does: holds a lock on the messages that lets no more of those
 * with this wamid prefix be written than so many a second. `stop` gives it back.
 */
export function slowDatabase(url: string, prefix: string, perSecond: number): { stop: () => Promise<void> } {
  const stopping = new AbortController();

  async function hold() {
    const database = await openDatabase(url);
    try {
      const count = async () => {
        const [row] = await database.ask<{ count: string }>(
          'select count(*) from messages where wamid like $1',
          [`${prefix}%`],
        );
        return Number(row?.count ?? 0);
      };
      const before = await count();
      const began = performance.now();
      while (!stopping.signal.aborted) {
        await database.ask('begin');
        await database.ask('lock table messages in share row exclusive mode');
        const due = began + (((await count()) - before) / perSecond) * 1000;
        await sleep(Math.max(0, due - performance.now()), undefined, stopping);
        await database.ask('rollback');
        await sleep(breath, undefined, stopping);
      }
    } finally {
      await database.close(); // gives the lock back
    }
  }

  const held = hold().catch((error) => {
    if (!stopping.signal.aborted) throw error;
  });
  held.catch(() => {});
  return {
    stop: () => {
      stopping.abort();
      return held;
    },
  };
}
