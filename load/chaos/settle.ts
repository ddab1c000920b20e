import { setTimeout as sleep } from 'node:timers/promises';
import { askOnce } from '#load/house/database.ts';
import { control } from '#load/house/play-meta.ts';
import type { Product } from './product.ts';

/** What still waits, by name. */
export type Waiting = Readonly<Record<string, number>>;

// A message of unknown outcome holds its conversation for half a minute, and the next sweep lets go of it.
const inDatabase = `
  select (select count(*) from turns where decided_at is null)::int as "open turns",
         (select count(*) from outbox where not unknown or due_at < now() - interval '20 seconds')::int as "messages to send",
         (select count(*) from early_statuses)::int as "early statuses",
         (select count(*) from pgboss.job where state in ('created', 'retry', 'active'))::int as jobs,
         (select count(*) from messages where status in ('accepted', 'sent'))::int as "statuses to come"`;

/** Everything that the product, or the simulated Meta, still has to do. Rejects while the database is away. */
export async function readWaiting({ database, meta }: Product): Promise<Waiting> {
  const [row] = await askOnce<Record<string, number>>(database, inDatabase);
  const { pending } = await control<{ pending: { webhooks: number; statuses: number } }>(meta, 'health');
  return { ...row, 'webhooks of Meta': pending.webhooks + pending.statuses };
}

/** Waits until nothing waits any more, at most so long; answers what is left then. */
export async function settle(
  product: Product,
  mostSeconds: number,
  look: (waiting: Waiting) => void,
): Promise<Waiting> {
  const until = performance.now() + mostSeconds * 1_000;
  let last: Waiting = { unreadable: 1 };
  do {
    // What Meta has put off for up to a minute it tries now.
    await control(product.meta, 'webhooks/retry', {}).catch(() => {});
    last = await readWaiting(product).catch(() => ({ unreadable: 1 }));
    look(last);
    if (Object.values(last).every((count) => count === 0)) break;
    await sleep(500);
  } while (performance.now() < until);
  return last;
}
