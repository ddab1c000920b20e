import type { TenantTx } from '#server/db/with-tenant.ts';

/** How many people the numbers of one Meta business have written to first in the last 24 hours, and how many they may. */
export type Reach = {
  /** The numbers' names; they share the limit. */
  numbers: string[];
  used: number;
  /** Null: as many as they like, or Meta has not said. */
  most: number | null;
};

/**
 * As Meta counts for its limit: people to whom something was delivered in the last 24 hours that was sent when they had
 * not written for as long. Only templates may be. One that was under way for more than two days is not seen.
 */
export async function readReach({ db, tenantId }: TenantTx, now: Date): Promise<Reach[]> {
  const rows = await db.$queryRaw<{ numbers: string[]; limit: string | null; used: number }[]>`
    with reached as (
      select c.portfolio_id, count(distinct v.lead_id)::int as used
      from messages m
      join channels c on c.tenant_id = m.tenant_id and c.id = m.channel_id
      join conversations v on v.tenant_id = m.tenant_id and v.id = m.conversation_id
      where m.tenant_id = ${tenantId}::uuid and m.direction = 'outbound' and m.kind = 'template'
        and m.at > ${now}::timestamptz - interval '3 days'
        and m.delivered_at > ${now}::timestamptz - interval '24 hours'
        and not exists (
          select from messages i where i.tenant_id = m.tenant_id and i.conversation_id = m.conversation_id
            and i.direction = 'inbound' and i.at <= m.at and i.at > m.at - interval '24 hours')
      group by c.portfolio_id
    )
    select array_agg(c.name order by c.name) as numbers, coalesce(min(r.used), 0) as used,
           (array_agg(h.messaging_limit order by h.checked_at desc) filter (where h.messaging_limit is not null))[1] as limit
    from channels c
    left join channel_health h on h.tenant_id = c.tenant_id and h.channel_id = c.id
    left join reached r on r.portfolio_id = c.portfolio_id
    where c.tenant_id = ${tenantId}::uuid and c.disconnected_at is null
    group by c.portfolio_id order by min(c.name)`;
  return rows.map(({ limit, ...row }) => ({ ...row, most: mostOf(limit) }));
}

/** 2,000 for TIER_2K. */
function mostOf(limit: string | null): number | null {
  const [, amount, thousand] = /^TIER_(\d+)(K?)$/.exec(limit ?? '') ?? [];
  return amount === undefined ? null : Number(amount) * (thousand ? 1_000 : 1);
}
