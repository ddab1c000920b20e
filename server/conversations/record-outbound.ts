import type { BatchTx } from '#server/db/as-batch.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { storable } from '#server/whatsapp/json.ts';

/** A message of ours that is to leave. Its id is given, so that asking twice for the same one makes it once. */
export type Outbound = {
  tenantId: string;
  id: string;
  conversationId: string;
  channelId: string;
  at: Date;
  author: 'bot' | 'member';
  authorId: string | null;
  kind: string;
  body: string;
  content: unknown;
  /** The day's messages are used up: it is written, and leaves when there is room again. */
  held?: boolean;
};

/** Where an outgoing message stands: now, but always after what is there already. */
export const outboundAt = (now: Date, lastAt: Date): Date =>
  new Date(Math.max(now.getTime(), lastAt.getTime() + 1));

/**
 * Writes messages as queued, each with the outbox row that delivery works through, counts them as the tenant's usage,
 * and moves their conversations up. Those that are held are counted when they are let go.
 * The caller holds the conversations' rows and enqueues a `deliver` job for each. A known id changes nothing.
 * Returns the ids that are new.
 */
export async function recordOutbound(tx: TenantTx | BatchTx, rows: Outbound[], now: Date): Promise<string[]> {
  if (rows.length === 0) return [];
  const [made] = await tx.db.$queryRaw<{ ids: string[] | null }[]>`
    with fresh as (
      insert into messages (tenant_id, id, conversation_id, channel_id, at, created_at, direction, author, author_id,
                            kind, body, content, queued_at, held_at, counted_on)
      select "tenantId", g.id, "conversationId", "channelId", at, ${now}::timestamptz, 'outbound', author, "authorId", kind,
             body, content, ${now}::timestamptz, case when held then ${now}::timestamptz end,
             case when held is not true
                  then usage_day(t.time_zone, t.former_time_zone, t.time_zone_from, ${now}::timestamptz) end
      from jsonb_to_recordset(${storable(JSON.stringify(rows))}::jsonb) as g (
        "tenantId" uuid, id uuid, "conversationId" uuid, "channelId" uuid, at timestamptz, author text, "authorId" uuid,
        kind text, body text, content jsonb, held boolean)
      join tenants t on t.id = g."tenantId"
      on conflict (tenant_id, id) do nothing
      returning tenant_id, id, conversation_id, channel_id, at, held_at, counted_on
    ), leaving as (
      insert into outbox (tenant_id, message_id, conversation_id, at, due_at)
      select tenant_id, id, conversation_id, at, case when held_at is null then now() else 'infinity' end from fresh
    ), newest as (
      select distinct on (tenant_id, conversation_id) tenant_id, conversation_id, id, at,
             max(counted_on) over (partition by tenant_id, conversation_id) as day
      from fresh order by tenant_id, conversation_id, at desc, id desc
    ), moved as (
      update conversations c set
        last_at = greatest(c.last_at, n.at),
        last_message_id = case when n.at >= c.last_at then n.id else c.last_message_id end,
        active_on = greatest(c.active_on, n.day),
        active_by = case when n.day is null or c.active_on >= n.day then c.active_by else n.id end
      from newest n where c.tenant_id = n.tenant_id and c.id = n.conversation_id
      returning c.tenant_id, c.channel_id, n.day, c.active_by = n.id as activated
    ), spent as (
      -- A slot for each connection, so that commits beside each other change different rows; in a fixed order.
      insert into usage as u (tenant_id, day, channel_id, slot, inbound, outbound, active)
      select tenant_id, day, channel_id, pg_backend_pid() % 64, sum(inbound), sum(outbound), sum(active)
      from (
        select tenant_id, counted_on as day, channel_id, 0 as inbound, 1 as outbound, 0 as active
        from fresh where held_at is null
        union all
        select tenant_id, day, channel_id, 0, 0, 1 from moved where activated
      ) as counted group by tenant_id, day, channel_id order by tenant_id, day, channel_id
      on conflict (tenant_id, day, channel_id, slot) do update set inbound = u.inbound + excluded.inbound,
        outbound = u.outbound + excluded.outbound, active = u.active + excluded.active
    )
    select json_agg(id) as ids from fresh`;
  return made?.ids ?? [];
}
