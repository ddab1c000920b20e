import { fromPrisma } from 'pg-boss';
import type { BatchTx } from '#server/db/as-batch.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { boss } from './boss.ts';
import { catalog, type JobData, type JobName } from './catalog.ts';
import { fairLine, priorityAt, usualShare } from './fair-line.ts';

type Options<N extends JobName> = {
  afterSeconds?: number;
  /** How many jobs a second are the tenant's by right, from this process. */
  shareOf?: (job: JobData<N>) => number;
};

const line = fairLine();

/**
 * The jobs exist if and only if the transaction commits. One that waits already for the same key (its conversation) is enough.
 * `afterSeconds` puts it off; a job put off never stands in the way of one that is due at once.
 * In a transaction that locks rows this is the last statement before the notice: see "a turn can be lost" in
 * ARCHITECTURE.md.
 */
export async function enqueue<N extends JobName>(
  tx: TenantTx | BatchTx,
  name: N,
  jobs: JobData<N>[],
  { afterSeconds = 0, shareOf = () => usualShare }: Options<N> = {},
) {
  if (jobs.length === 0) return;
  const keyOf = (data: Record<string, unknown>) => String(data[catalog[name].key]);
  // A fixed order: two transactions that wait for each other's keys would be a deadlock.
  const sorted = jobs.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const queue = await boss();
  const dueAt = Date.now() + afterSeconds * 1_000;
  await asQueue(tx, () =>
    queue.insert(
      name,
      sorted.map((data) => ({
        data,
        singletonKey: afterSeconds > 0 ? `${keyOf(data)} later` : keyOf(data),
        ...('tenantId' in data && { group: { id: data.tenantId } }),
        ...(afterSeconds > 0 && { startAfter: afterSeconds }),
        ...('isFair' in catalog[name] &&
          'tenantId' in data && { priority: priorityAt(line.dueAt(data.tenantId, shareOf(data), dueAt)) }),
      })),
      { db: fromPrisma(tx.db) },
    ),
  );
}

/** The tenant's role may not touch the queue, so the role changes for this one call and changes back. */
async function asQueue(tx: TenantTx | BatchTx, insert: () => Promise<unknown>) {
  if ('platform' in tx) return insert();
  await tx.db.$queryRaw`select set_config('role', 'parley_jobs', true)`;
  await insert();
  return tx.db.$queryRaw`select set_config('role', 'parley_tenant', true)`;
}
