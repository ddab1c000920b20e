import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { memoryOf, type Process } from '#load/machine/family.ts';
import { lookingName } from './inflict.ts';
import type { Product } from './product.ts';

/** What was seen of a product while it ran. */
export type Watch = {
  /**
   * Messages that were being handed to Meta at a fault of these moments (`Date.now()`): begun not long before it began
   * (`patience`, milliseconds) or while it lasted, and seen just before it or soon after it.
   */
  readonly underWay: (began: number, over: number, patience: number) => readonly string[];
  /** Resolves when enough was seen after that moment, however long the database is away. */
  readonly untilSeen: (over: number) => Promise<void>;
  /** The most memory that any one process of each role had. MB. */
  readonly memory: () => ReadonlyMap<string, number>;
  readonly stop: () => Promise<void>;
};

/** A message that is being handed to Meta, and since when (milliseconds since 1970). */
type Claim = { readonly message: string; readonly since: number };

const lookEvery = 50;
/** What a fault left without an end stays claimed for forty seconds, so a second of looking is plenty. */
const samplesAfter = 20;
const weighEvery = 1_000;

/** Looks at attempts under way, past the database line, and weighs every process. */
export function watchProduct(product: Product): Watch {
  const stopping = new AbortController();
  const samples: { at: number; claims: readonly Claim[] }[] = [];
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
          const { rows } = await client.query<Claim>(
            `select message_id as message, (extract(epoch from claimed_at) * 1000)::float8 as since
             from outbox where claimed_at is not null`,
          );
          samples.push({ at: Date.now(), claims: rows });
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
    underWay: (began, over, patience) => {
      const before = samples.findLast(({ at }) => at < began);
      const after = samples.filter(({ at }) => at > over).slice(0, samplesAfter);
      return [...(before ? [before] : []), ...after]
        .flatMap(({ claims }) => claims)
        .filter(({ since }) => since >= began - patience && since <= over + lookEvery)
        .map(({ message }) => message);
    },
    untilSeen: async (over) => {
      while (samples.filter(({ at }) => at > over).length < samplesAfter && !stopping.signal.aborted)
        await sleep(lookEvery);
    },
    memory: () => memory,
    stop: async () => {
      stopping.abort();
      clearInterval(weighing);
      await looking;
    },
  };
}
