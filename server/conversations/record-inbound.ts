import type { PlatformTx } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { json } from './json.ts';
import { isPassive } from './message-kinds.ts';

/** An inbound message that has its lead and channel. `at` is where it stands in the conversation. */
export type Inbound = {
  tenantId: string;
  channelId: string;
  leadId: string;
  botOn: boolean;
  wamid: string;
  at: Date;
  kind: string;
  body: string;
  content: unknown;
  quotedWamid: string | null;
};

/** A conversation that got something new, and whether the bot owes it a turn. */
export type Touched = { tenantId: string; conversationId: string; owesTurn: boolean };

/**
 * Writes a batch of inbound messages, of any tenants: conversations first (their rows stay locked until the commit, in
 * a fixed order), then messages, a turn for each that the bot has to answer, and the counters. A wamid that is already
 * there changes nothing. The number of statements does not depend on the number of messages.
 */
export async function recordInbound(tx: PlatformTx, messages: Inbound[], now: Date): Promise<Touched[]> {
  if (messages.length === 0) return [];
  const conversations = await lockConversations(tx, messages, now);
  const rows = [...new Map(messages.map((one) => [`${one.channelId} ${one.wamid}`, one])).values()]
    .map((one) => ({ ...one, id: newId(), conversation: conversations.get(place(one)) ?? unreachable() }))
    .toSorted((a, b) => (a.wamid < b.wamid ? -1 : 1));

  return tx.db.$queryRaw<Touched[]>`
    with given as (
      select * from unnest(
        ${rows.map((row) => row.tenantId)}::uuid[], ${rows.map((row) => row.id)}::uuid[],
        ${rows.map((row) => row.conversation.id)}::uuid[], ${rows.map((row) => row.channelId)}::uuid[],
        ${rows.map((row) => row.at)}::timestamptz[], ${rows.map((row) => row.kind)}::text[],
        ${rows.map((row) => row.body)}::text[], ${rows.map((row) => json(row.content))}::jsonb[],
        ${rows.map((row) => row.quotedWamid)}::text[], ${rows.map((row) => row.wamid)}::text[],
        ${rows.map((row) => isPassive(row.kind))}::bool[],
        ${rows.map((row) => row.conversation.holder === 'bot' && !isPassive(row.kind))}::bool[]
      ) as g (tenant_id, id, conversation_id, channel_id, at, kind, body, content, quoted_wamid, wamid, passive, owes_turn)
    ), fresh as (
      insert into messages (tenant_id, id, conversation_id, channel_id, at, created_at, direction, author, kind, body,
                            content, quoted_wamid, wamid)
      select tenant_id, id, conversation_id, channel_id, at, ${now}::timestamptz, 'inbound', 'lead', kind, body, content,
             quoted_wamid, wamid from given
      on conflict (tenant_id, channel_id, wamid) do nothing
      returning tenant_id, id
    ), owed as (
      insert into turns (tenant_id, message_id, conversation_id, created_at)
      select tenant_id, id, conversation_id, ${now}::timestamptz from fresh join given using (tenant_id, id) where owes_turn
    ), news as (
      select tenant_id, conversation_id, bool_or(owes_turn) as owes_turn,
             max(at) as last_at, (array_agg(id order by at desc, id desc))[1] as last_id,
             count(*) filter (where not passive)::int as spoken, max(at) filter (where not passive) as spoken_at
      from fresh join given using (tenant_id, id) group by tenant_id, conversation_id
    ), counted as (
      update conversations c set
        inbound_count = c.inbound_count + n.spoken,
        last_message_id = case when n.last_at >= c.last_at then n.last_id else c.last_message_id end,
        last_at = greatest(c.last_at, n.last_at),
        last_inbound_at = greatest(c.last_inbound_at, n.spoken_at),
        -- Meta counts from its own stamp, which is whole seconds.
        window_closes_at = greatest(c.window_closes_at, date_trunc('second', n.spoken_at) + interval '24 hours'),
        open = c.open or n.spoken > 0
      from news n where c.tenant_id = n.tenant_id and c.id = n.conversation_id
    )
    select tenant_id as "tenantId", conversation_id as "conversationId", owes_turn as "owesTurn" from news`;
}

type Locked = { id: string; holder: string };

const place = ({ channelId, leadId }: { channelId: string; leadId: string }) => `${channelId} ${leadId}`;

/** Finds or makes the conversation of each message and locks its row, so that no turn is taken meanwhile. */
async function lockConversations(
  tx: PlatformTx,
  messages: Inbound[],
  now: Date,
): Promise<Map<string, Locked>> {
  const wanted = [...new Map(messages.map((one) => [place(one), one])).values()];
  type Row = Locked & { channelId: string; leadId: string };
  const known = await tx.db.$queryRaw<Row[]>`
    select c.id, c.holder, c.channel_id as "channelId", c.lead_id as "leadId"
    from unnest(${wanted.map((one) => one.tenantId)}::uuid[], ${wanted.map((one) => one.channelId)}::uuid[],
                ${wanted.map((one) => one.leadId)}::uuid[]) as w (tenant_id, channel_id, lead_id)
    join conversations c using (tenant_id, channel_id, lead_id)
    order by c.tenant_id, c.id
    for no key update of c`;
  const found = new Map<string, Locked>(known.map((row) => [place(row), row]));
  const missing = wanted
    .filter((one) => !found.has(place(one)))
    .toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
    .map((one) => ({ ...one, id: newId(), holder: one.botOn ? 'bot' : 'nobody' }));
  if (missing.length === 0) return found;

  // On conflict somebody made it a moment ago: the update that changes nothing waits for them and locks the row.
  const made = await tx.db.$queryRaw<Row[]>`
    insert into conversations (tenant_id, id, channel_id, lead_id, holder, held_since, last_at, created_at)
    select tenant_id, id, channel_id, lead_id, holder, ${now}::timestamptz, last_at, ${now}::timestamptz
    from unnest(${missing.map((one) => one.tenantId)}::uuid[], ${missing.map((one) => one.id)}::uuid[],
                ${missing.map((one) => one.channelId)}::uuid[], ${missing.map((one) => one.leadId)}::uuid[],
                ${missing.map((one) => one.holder)}::text[], ${missing.map((one) => one.at)}::timestamptz[])
         as m (tenant_id, id, channel_id, lead_id, holder, last_at)
    on conflict (tenant_id, channel_id, lead_id) do update set lead_id = excluded.lead_id
    returning id, holder, channel_id as "channelId", lead_id as "leadId"`;
  for (const row of made) found.set(place(row), row);
  return found;
}

function unreachable(): never {
  throw new Error('every message has a conversation');
}
