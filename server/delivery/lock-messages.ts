import type { BatchTx } from '#server/db/as-batch.ts';

/**
 * Locks messages until the commit, in a fixed order. Who writes how a message fares (an outcome, a status, the sweep)
 * does this first and looks at the outbox in a later statement, which sees what the one before it wrote.
 */
export async function lockMessages(tx: BatchTx, rows: { tenantId: string; messageId: string }[]) {
  await tx.db.$queryRaw`
    select from messages where (tenant_id, id) in (
      select * from unnest(${rows.map((row) => row.tenantId)}::uuid[], ${rows.map((row) => row.messageId)}::uuid[]))
    order by tenant_id, id for no key update`;
}
