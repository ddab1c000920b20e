import type { BatchTx } from '#server/db/as-batch.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import type { ConsentNews } from './consent.ts';

/**
 * Adds to what leads agreed to or withdrew, and lets each lead follow its newest word. A known id changes nothing. What
 * is no news of an opted-out lead is left out: an import's or a form's yes does not lift what the person said, and a failure adds
 * nothing to it. In the transaction of what told it; set-based: two statements, however many. Returns the ids that were written.
 */
export async function recordConsents(tx: TenantTx | BatchTx, news: ConsentNews[]): Promise<string[]> {
  if (news.length === 0) return [];
  const [made] = await tx.db.$queryRaw<{ ids: string[] | null }[]>`
    with given as materialized (
      select * from unnest(
        ${news.map((one) => one.tenantId)}::uuid[], ${news.map((one) => one.id)}::uuid[],
        ${news.map((one) => one.leadId)}::uuid[], ${news.map((one) => one.at)}::timestamptz[],
        ${news.map((one) => one.state)}::text[], ${news.map((one) => one.source)}::text[],
        ${news.map((one) => one.proof)}::text[], ${news.map((one) => one.actor?.userId ?? null)}::uuid[],
        ${news.map((one) => one.actor?.name ?? null)}::text[])
        as g (tenant_id, id, lead_id, at, state, source, proof, actor_id, actor_name)
    ), held as materialized (
      -- In a fixed order, so that two who tell of the same leads wait in one direction.
      select l.tenant_id, l.id, l.consent from leads l
      where (l.tenant_id, l.id) in (select tenant_id, lead_id from given)
      order by l.tenant_id, l.id for no key update
    ), written as (
      insert into consents (tenant_id, id, lead_id, at, state, source, proof, actor_id, actor_name)
      select g.tenant_id, g.id, g.lead_id, g.at, g.state, g.source, g.proof, g.actor_id, g.actor_name
      from given g join held h on h.tenant_id = g.tenant_id and h.id = g.lead_id
      where h.consent <> 'out' or not (g.source = 'failure' or (g.source in ('import', 'form') and g.state = 'in'))
      on conflict (tenant_id, id) do nothing
      returning tenant_id, id, lead_id, at, state
    ), newest as (
      select distinct on (tenant_id, lead_id) * from written order by tenant_id, lead_id, at desc, id desc
    ), followed as (
      update leads l set consent = n.state from newest n
      where l.tenant_id = n.tenant_id and l.id = n.lead_id and l.consent <> n.state
        and not exists (select from consents c where c.tenant_id = n.tenant_id and c.lead_id = n.lead_id
                          and (c.at, c.id) > (n.at, n.id))
    )
    select json_agg(id) as ids from written`;
  return made?.ids ?? [];
}
