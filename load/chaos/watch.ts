import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { lookingName } from './inflict.ts';
import { memoryOf, type Process } from './processes.ts';
import type { Product } from './product.ts';

/** What was seen of a product while it ran. */
export type Watch = {
  /** The most attempts under way at once that were seen between two moments of `performance.now()`, and just before. */
  readonly mostClaimed: (from: number, to: number) => number;
  /** The most memory that any one process of each role had. MB. */
  readonly memory: () => ReadonlyMap<string, number>;
  readonly stop: () => Promise<void>;
};

const lookEvery = 50;
const weighEvery = 1_000;

/** Looks at attempts under way, past the database line, and weighs every process. */
export function watchProduct(product: Product): Watch {
  const stopping = new AbortController();
  const samples: { at: number; claimed: number }[] = [];
  const memory = new Map<string, number>();

  async function look() {
    while (!stopping.signal.aborted) {
      const client = new pg.Client({
        ...{ connectionString: product.database, application_name: lookingName },
        ...{ connectionTimeoutMillis: 2_000, query_timeout: 20_000 },
      });
      client.on('error', () => {}); // told by the query that was under way
      try {
        await client.connect();
        while (!stopping.signal.aborted) {
          const { rows } = await client.query<{ claimed: number }>(
            'select count(*)::int as claimed from outbox where claimed_at is not null',
          );
          samples.push({ at: performance.now(), claimed: rows[0]?.claimed ?? 0 });
          await sleep(lookEvery);
        }
      } catch {
        await sleep(lookEvery); // it is away, or frozen
      } finally {
        await client.end().catch(() => {});
      }
    }
  }

  function weigh() {
    const { web, ingest, workers } = product;
    const roles: [string, Process[]][] = [
      ['web', web()],
      ['ingest', ingest()],
      ['worker', workers()],
    ];
    for (const [role, processes] of roles)
      for (const { pid } of processes)
        memory.set(role, Math.max(memory.get(role) ?? 0, Math.round(memoryOf(pid))));
  }

  const looking = look();
  const weighing = setInterval(weigh, weighEvery);
  return {
    mostClaimed: (from, to) => {
      const before = samples.findLast(({ at }) => at < from);
      const within = samples.filter(({ at }) => at >= from && at <= to);
      return [...(before ? [before] : []), ...within].reduce(
        (most, { claimed }) => Math.max(most, claimed),
        0,
      );
    },
    memory: () => memory,
    stop: async () => {
      stopping.abort();
      clearInterval(weighing);
      await looking;
    },
  };
}
