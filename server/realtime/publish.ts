import type { BatchTx } from '#server/db/as-batch.ts';
import type { Db } from '#server/db/transaction.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { liveChannel, type News } from './news.ts';

// A notice of 8,000 bytes fails the whole transaction; an id takes 39.
const mostIds = 100;

/**
 * Tells every browser that looks at these tenants which conversations changed, once the transaction commits. One call
 * a transaction: commits with a notice wait for each other.
 */
export async function publish(
  tx: TenantTx | BatchTx,
  changed: { tenantId: string; conversationId: string }[],
) {
  const byTenant = Map.groupBy(changed, ({ tenantId }) => tenantId);
  if (byTenant.size === 0) return;
  const payloads = [...byTenant].map(([tenant, rows]): string => {
    const ids = [...new Set(rows.map(({ conversationId }) => conversationId))];
    return JSON.stringify({ tenant, conversations: ids.length > mostIds ? null : ids } satisfies News);
  });
  await tx.db
    .$queryRaw`select pg_notify(${liveChannel}, payload)::text from unnest(${payloads}::text[]) as p (payload)`;
}

/** Tells every browser that looks at this tenant to fetch all that it shows again, once the transaction commits. */
export async function publishEverything({ db, tenantId }: { db: Db; tenantId: string }) {
  const payload = JSON.stringify({ tenant: tenantId, conversations: null } satisfies News);
  await db.$queryRaw`select pg_notify(${liveChannel}, ${payload})::text`;
}
