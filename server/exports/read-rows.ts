import type { TenantTx } from '#server/db/with-tenant.ts';
import type { ExportRow } from './columns.ts';

/** These leads, in the order of their ids; who was deleted or merged meanwhile is left out. */
export function readRows({ db, tenantId }: TenantTx, ids: string[]): Promise<ExportRow[]> {
  return db.$queryRaw<ExportRow[]>`
    select l.id, l.name, l.email, l.language, l.consent, l.source, l.profile_name as "profileName", l.username, l.fields,
           l.created_at as "createdAt", l.blocked_at as "blockedAt", u.name as assignee, k.at as "consentAt",
           k.proof as "consentProof",
           array(select a.raw from addresses a where a.tenant_id = l.tenant_id and a.lead_id = l.id and a.kind = 'phone'
                 order by a.id) as phones,
           array(select b.name from labels b where b.tenant_id = l.tenant_id and b.id = any(l.label_ids) order by b.name)
             as labels
    from leads l
    left join users u on u.id = l.assignee_id
    left join lateral (
      select c.at, c.proof from consents c where c.tenant_id = l.tenant_id and c.lead_id = l.id
      order by c.at desc, c.id desc limit 1) k on true
    where l.tenant_id = ${tenantId}::uuid and l.id = any(${ids}::uuid[]) and l.deleted_at is null and l.merged_into is null
    order by l.id`;
}
