import { type TenantTx, withTenant } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import type { ImportRecord } from './import-record.ts';

const sliceMilliseconds = 2_000;
const batchOf = 2_000;

export type Undone = { removed: number; restored: number; left: number };

/** Takes an import back for some seconds, last rows first; answers whether there is more to do. */
export async function undoSlice({ tenantId, id }: ImportRecord): Promise<boolean> {
  const until = Date.now() + sliceMilliseconds;
  while (Date.now() < until) {
    const more = await withTenant(tenantId, (tx) => undoBatch(tx, id));
    if (!more) return false;
  }
  await withTenant(tenantId, publishEverything);
  return true;
}

/**
 * Who was made goes, and who was changed is as before, but only if nobody has touched them since: the revision is the
 * one that the import left, and nobody wrote in, was written to, noted or merged. The rows that were looked at are gone
 * with the commit, so that a batch is undone once.
 */
async function undoBatch(tx: TenantTx, id: string): Promise<boolean> {
  const { db, tenantId } = tx;
  const [held] = await db.$queryRaw<{ state: string }[]>`
    select state from imports where tenant_id = ${tenantId}::uuid and id = ${id}::uuid for update`;
  if (held?.state !== 'undoing') return false;
  const [done] = await db.$queryRaw<{ rows: number; removed: number; restored: number }[]>`
    with batch as materialized (
      delete from import_rows where tenant_id = ${tenantId}::uuid and import_id = ${id}::uuid and line in (
        select line from import_rows where tenant_id = ${tenantId}::uuid and import_id = ${id}::uuid
        order by line desc limit ${batchOf})
      returning lead_id, before, revision
    ), untouched as materialized (
      select b.* from batch b
      join leads l on l.tenant_id = ${tenantId}::uuid and l.id = b.lead_id and l.revision = b.revision
      order by l.id for update of l
    ), removed as (
      delete from leads l using untouched u
      where u.before is null and l.tenant_id = ${tenantId}::uuid and l.id = u.lead_id
        and not exists (select from conversations c where c.tenant_id = l.tenant_id and c.lead_id = l.id)
        and not exists (select from lead_notes n where n.tenant_id = l.tenant_id and n.lead_id = l.id)
        and not exists (select from lead_events e where e.tenant_id = l.tenant_id and e.lead_id = l.id)
        and not exists (select from leads m where m.tenant_id = l.tenant_id and m.merged_into = l.id)
      returning l.id
    ), unsaid as (
      delete from consents c using untouched u
      where u.before is not null and c.tenant_id = ${tenantId}::uuid and c.id = (u.before->>'consentId')::uuid
    ), restored as (
      update leads l set name = u.before->>'name', email = u.before->>'email', language = u.before->>'language',
        fields = u.before->'fields', consent = u.before->>'consent',
        label_ids = array(select jsonb_array_elements_text(u.before->'labels')::uuid),
        deleted_at = case when (u.before->>'deleted')::boolean then now() end
      from untouched u
      where u.before is not null and l.tenant_id = ${tenantId}::uuid and l.id = u.lead_id
      returning l.id
    )
    select (select count(*) from batch)::int as rows, (select count(*) from removed)::int as removed,
           (select count(*) from restored)::int as restored`;
  const { rows = 0, removed = 0, restored = 0 } = done ?? {};
  await db.$executeRaw`
    update imports set worked_at = now(), undone = jsonb_build_object(
        'removed', coalesce((undone->>'removed')::int, 0) + ${removed}::int,
        'restored', coalesce((undone->>'restored')::int, 0) + ${restored}::int,
        'left', coalesce((undone->>'left')::int, 0) + ${rows - removed - restored}::int),
      state = case when ${rows < batchOf} then 'undone' else state end,
      undone_at = case when ${rows < batchOf} then now() end
    where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`;
  if (rows < batchOf) await publishEverything(tx);
  return rows === batchOf;
}
