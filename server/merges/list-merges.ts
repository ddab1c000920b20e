import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';

/** Who was merged into this lead and can be taken apart again, the newest first. */
export async function listMerges({ tenantId, db }: TenantTx, leadId: string) {
  if ((await db.lead.count({ where: { tenantId, id: leadId } })) === 0)
    throw new Refusal('not-found', 'no-lead', 'This lead does not exist.');
  const rows = await db.$queryRaw<{ id: string; at: Date; who: string; name: string | null }[]>`
    select m.id, m.at, m.actor_name as who, coalesce(l.name, l.profile_name, l.username, l.email) as name
    from merges m join leads l on l.tenant_id = m.tenant_id and l.id = m.merged_id
    where m.tenant_id = ${tenantId}::uuid and m.survivor_id = ${leadId}::uuid and m.undone_at is null
      and l.merged_into = m.survivor_id
    order by m.at desc, m.id desc limit 50`;
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}
