import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import { otherSpellings } from './other-spellings.ts';

type Row = {
  id: string;
  name: string | null;
  phone: string | null;
  sameEmail: boolean;
  sameName: boolean;
  sameFields: string[];
  phoneOf: string | null;
};

/** Leads that may be the same person, each with the evidence in words; those of whom somebody said no are left out. */
export async function suggestMerges({ tenantId, db }: TenantTx, leadId: string) {
  const lead = await db.lead.findFirst({
    where: { tenantId, id: leadId, deletedAt: null, mergedInto: null },
    select: {
      ...{ name: true, profileName: true, email: true },
      addresses: { where: { kind: 'phone' }, select: { value: true } },
    },
  });
  if (!lead) throw new Refusal('not-found', 'no-lead', 'This lead does not exist.');
  const spellings = lead.addresses.flatMap(({ value }) => otherSpellings(value));
  const name = lead.name ?? lead.profileName;
  const rows = await db.$queryRaw<Row[]>`
    with me as (
      select * from leads where tenant_id = ${tenantId}::uuid and id = ${leadId}::uuid
    ), other as (
      select id from leads where tenant_id = ${tenantId}::uuid and ${lead.email}::text is not null
        and search_text like '%' || search_form(${lead.email}::text) || '%' and lower(email) = lower(${lead.email}::text)
      union
      select lead_id from addresses where tenant_id = ${tenantId}::uuid and kind = 'phone' and scope = ''
        and value = any(${spellings}::text[])
      union
      (select id from leads where tenant_id = ${tenantId}::uuid and ${name}::text is not null
         and search_text like '%' || search_form(${name}::text) || '%'
         and search_form(coalesce(name, profile_name)) = search_form(${name}::text) limit 50)
    )
    select l.id, coalesce(l.name, l.profile_name) as name, p.raw as phone,
           coalesce(lower(l.email) = lower(me.email), false) as "sameEmail",
           coalesce(search_form(coalesce(l.name, l.profile_name)) = search_form(${name}::text), false) as "sameName",
           array(select f.name || ' “' || (l.fields ->> f.key) || '”' from lead_fields f
                 where f.tenant_id = l.tenant_id and f.kind <> 'boolean' and l.fields ->> f.key = me.fields ->> f.key
                   and l.fields ->> f.key <> '') as "sameFields",
           (select a.raw from addresses a where a.tenant_id = l.tenant_id and a.lead_id = l.id and a.kind = 'phone'
              and a.value = any(${spellings}::text[]) limit 1) as "phoneOf"
    from me, other o join leads l on l.tenant_id = ${tenantId}::uuid and l.id = o.id
    left join lateral (
      select raw from addresses a where a.tenant_id = l.tenant_id and a.lead_id = l.id and a.kind = 'phone'
      order by a.id limit 1) p on true
    where l.id <> me.id and l.deleted_at is null and l.merged_into is null and not exists (
      select from merge_refusals r where r.tenant_id = l.tenant_id
        and r.one_id = least(l.id, me.id) and r.other_id = greatest(l.id, me.id))
    order by l.id limit 60`;
  return rows
    .map(({ id, name: called, phone, ...row }) => ({ id, name: called, phone, evidence: evidenceOf(row) }))
    .filter(({ evidence }) => evidence.length > 0)
    .slice(0, 10);
}

/** A name alone says nothing: many people share one. */
function evidenceOf({
  sameEmail,
  sameName,
  sameFields,
  phoneOf,
}: Omit<Row, 'id' | 'name' | 'phone'>): string[] {
  return [
    ...(phoneOf === null ? [] : [`The same phone number, written otherwise: ${phoneOf}`]),
    ...(sameEmail ? ['The same email address'] : []),
    ...(sameName && sameFields.length > 0 ? [`The same name and the same ${sameFields.join(', ')}`] : []),
  ];
}
