import type { PlatformTx } from '#server/db/as-platform.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { json } from './json.ts';

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
export async function recordOutbound(
  tx: TenantTx | PlatformTx,
  rows: Outbound[],
  now: Date,
): Promise<string[]> {
  if (rows.length === 0) return [];
  const made = await tx.db.$queryRaw<{ id: string }[]>`
    with given as (
      select * from unnest(
        ${rows.map((row) => row.tenantId)}::uuid[], ${rows.map((row) => row.id)}::uuid[],
        ${rows.map((row) => row.conversationId)}::uuid[], ${rows.map((row) => row.channelId)}::uuid[],
        ${rows.map((row) => row.at)}::timestamptz[], ${rows.map((row) => row.author)}::text[],
        ${rows.map((row) => row.authorId)}::uuid[], ${rows.map((row) => row.kind)}::text[],
        ${rows.map((row) => row.body)}::text[], ${rows.map((row) => json(row.content))}::jsonb[]
      ) as g (tenant_id, id, conversation_id, channel_id, at, author, author_id, kind, body, content)
    ), fresh as (
      insert into messages (tenant_id, id, conversation_id, channel_id, at, created_at, direction, author, author_id,
                            kind, body, content, queued_at)
      select tenant_id, id, conversation_id, channel_id, at, ${now}::timestamptz, 'outbound', author, author_id, kind, body, content,
             ${now}::timestamptz from given
      on conflict (tenant_id, id) do nothing
      returning tenant_id, id
    ), leaving as (
      insert into outbox (tenant_id, message_id, conversation_id, at, due_at)
      select tenant_id, id, conversation_id, at, now() from fresh join given using (tenant_id, id)
    ), newest as (
      select distinct on (tenant_id, conversation_id) tenant_id, conversation_id, id, at
      from fresh join given using (tenant_id, id) order by tenant_id, conversation_id, at desc, id desc
    ), moved as (
      update conversations c set last_at = n.at, last_message_id = n.id
      from newest n where c.tenant_id = n.tenant_id and c.id = n.conversation_id and n.at >= c.last_at
    )
    select id from fresh`;
  return made.map(({ id }) => id);
}
