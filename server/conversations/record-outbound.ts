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
};

/** Where an outgoing message stands: now, but always after what is there already. */
export const outboundAt = (now: Date, lastAt: Date): Date =>
  new Date(Math.max(now.getTime(), lastAt.getTime() + 1));

/**
 * Writes messages as queued, each with the outbox row that delivery works through, and moves their conversations up.
 * The caller holds the conversations' rows and enqueues a `deliver` job for each. A known id changes nothing.
 * Returns the ids that are new.
 */
export async function recordOutbound(tx: TenantTx | BatchTx, rows: Outbound[], now: Date): Promise<string[]> {
  if (rows.length === 0) return [];
  const [made] = await tx.db.$queryRaw<{ ids: string[] | null }[]>`
    with fresh as (
      insert into messages (tenant_id, id, conversation_id, channel_id, at, created_at, direction, author, author_id,
                            kind, body, content, queued_at)
      select "tenantId", id, "conversationId", "channelId", at, ${now}::timestamptz, 'outbound', author, "authorId", kind,
             body, content, ${now}::timestamptz
      from jsonb_to_recordset(${storable(JSON.stringify(rows))}::jsonb) as g (
        "tenantId" uuid, id uuid, "conversationId" uuid, "channelId" uuid, at timestamptz, author text, "authorId" uuid,
        kind text, body text, content jsonb)
      on conflict (tenant_id, id) do nothing
      returning tenant_id, id, conversation_id, at
    ), leaving as (
      insert into outbox (tenant_id, message_id, conversation_id, at, due_at)
      select tenant_id, id, conversation_id, at, now() from fresh
    ), newest as (
      select distinct on (tenant_id, conversation_id) tenant_id, conversation_id, id, at
      from fresh order by tenant_id, conversation_id, at desc, id desc
    ), moved as (
      update conversations c set last_at = n.at, last_message_id = n.id
      from newest n where c.tenant_id = n.tenant_id and c.id = n.conversation_id and n.at >= c.last_at
    )
    select json_agg(id) as ids from fresh`;
  return made?.ids ?? [];
}
