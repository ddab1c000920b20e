import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';

/** How long who was deleted can be brought back. Days. */
const daysOfGrace = 30;
/** Few at once: each may take hundreds of messages along. */
const most = 50;
const messagesAtOnce = 1_000;

type Due = { tenantId: string; id: string };

/**
 * Takes away for good those who were deleted thirty days ago, and those who had been merged into them: addresses,
 * conversations, messages, notes, timelines, and what imports and bulk changes remember of them.
 */
export async function eraseLeads(): Promise<number> {
  return asPlatform(async (tx) => {
    const due = await tx.db.$queryRaw<Due[]>`
      select l.tenant_id as "tenantId", l.id from tenants t cross join lateral (
        select tenant_id, id from leads where tenant_id = t.id and deleted_at < now() - make_interval(days => ${daysOfGrace}::int)
        order by deleted_at limit ${most}::int) l
      limit ${most}::int`;
    let erased = 0;
    for (const { tenantId, id } of due) {
      const ids = await withMerged(tx, tenantId, id);
      if (await eraseMessages(tx, tenantId, ids)) return erased;
      await eraseRest(tx, tenantId, ids);
      erased += ids.length;
    }
    return erased;
  });
}

/** Locked, so that whoever writes in at this moment waits, and is a new lead then. None where they are back. */
async function withMerged({ db }: PlatformTx, tenantId: string, id: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    with recursive found (id) as (
      select id from leads where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and deleted_at is not null
      union select l.id from leads l join found on l.merged_into = found.id where l.tenant_id = ${tenantId}::uuid
    )
    select l.id from leads l where l.tenant_id = ${tenantId}::uuid and l.id in (select id from found)
    order by l.id for update`;
  return rows.map((row) => row.id);
}

/** Whether there were too many for one transaction: then the next run goes on. */
async function eraseMessages({ db }: PlatformTx, tenantId: string, ids: string[]): Promise<boolean> {
  const count = await db.$executeRaw`
    delete from messages where tenant_id = ${tenantId}::uuid and id in (
      select m.id from conversations c join messages m on m.tenant_id = c.tenant_id and m.conversation_id = c.id
      where c.tenant_id = ${tenantId}::uuid and c.lead_id = any(${ids}::uuid[]) limit ${messagesAtOnce}::int)`;
  return count === messagesAtOnce;
}

/** Their addresses, notes, events and consents go with their rows. */
async function eraseRest({ db }: PlatformTx, tenantId: string, ids: string[]) {
  await db.$executeRaw`
    delete from conversations where tenant_id = ${tenantId}::uuid and lead_id = any(${ids}::uuid[])`;
  await db.$executeRaw`
    delete from import_rows where tenant_id = ${tenantId}::uuid and lead_id = any(${ids}::uuid[])`;
  await db.$executeRaw`
    delete from bulk_change_rows r using bulk_changes b
    where b.tenant_id = ${tenantId}::uuid and r.tenant_id = b.tenant_id and r.change_id = b.id
      and r.lead_id = any(${ids}::uuid[])`;
  await db.$executeRaw`
    delete from merges where tenant_id = ${tenantId}::uuid
      and (survivor_id = any(${ids}::uuid[]) or merged_id = any(${ids}::uuid[]))`;
  await db.$executeRaw`
    delete from merge_refusals where tenant_id = ${tenantId}::uuid
      and (one_id = any(${ids}::uuid[]) or other_id = any(${ids}::uuid[]))`;
  await db.$executeRaw`delete from leads where tenant_id = ${tenantId}::uuid and id = any(${ids}::uuid[])`;
}
