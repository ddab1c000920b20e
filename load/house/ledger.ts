import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase } from './database.ts';

/** What a product of a load's own still has to do. */
export type WorkLeft = { readonly turns: number; readonly outbox: number };

/** A look into the tables of a product of a load's own. */
export type Ledger = Database & {
  readonly left: () => Promise<WorkLeft>;
  /** Waits until nothing is left, at most so long; answers what is left then. */
  readonly untilDone: (mostSeconds: number, look?: (left: WorkLeft) => void) => Promise<WorkLeft>;
};

export async function openLedger(url: string): Promise<Ledger> {
  const database = await openDatabase(url);

  async function left(): Promise<WorkLeft> {
    const [row] = await database.ask<WorkLeft>(
      `select (select count(*) from turns where decided_at is null)::int as turns,
        (select count(*) from outbox)::int as outbox`,
    );
    return row ?? { turns: 0, outbox: 0 };
  }

  async function untilDone(mostSeconds: number, look: (left: WorkLeft) => void = () => {}) {
    const until = performance.now() + mostSeconds * 1000;
    for (;;) {
      const now = await left();
      look(now);
      if ((now.turns === 0 && now.outbox === 0) || performance.now() > until) return now;
      await sleep(100);
    }
  }

  return { ...database, left, untilDone };
}
