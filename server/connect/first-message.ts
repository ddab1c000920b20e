import { codeWord, isCodeWord } from '#server/channels/code-word.ts';
import type { MessageStatus } from '#server/conversations/status.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { sendMessage } from '#server/delivery/send-message.ts';
import { Refusal } from '#server/refusal.ts';

/** The proof by a real phone: the word to send, what came in, and what went out for it. Times are ISO 8601. */
export type FirstMessage = {
  word: string;
  /** Null until somebody sent the word. `other`: what came in last instead, if anything did. */
  heard: { at: string; from: string; conversationId: string } | null;
  other: string | null;
  reply: { status: MessageStatus; text: string; byBot: boolean } | null;
};

// The word is looked for among so many of the newest messages. A number that is just being connected has few.
const mostRead = 200;

/** Reads it from the channel's messages, so that it is right whoever looks, and whenever. */
export async function readFirstMessage(tx: TenantTx, channelId: string): Promise<FirstMessage> {
  await requireChannel(tx, channelId);
  const word = codeWord(channelId);
  const newest = await tx.db.$queryRaw<Heard[]>`
    select m.id, m.conversation_id as "conversationId", m.at, m.body, coalesce(l.name, l.profile_name, 'Somebody') as "from"
    from (
      select c.id, c.lead_id from conversations c
      where c.tenant_id = ${tx.tenantId}::uuid and c.channel_id = ${channelId}::uuid
      order by c.last_at desc limit ${mostRead}
    ) c
    cross join lateral (
      select * from messages m
      where m.tenant_id = ${tx.tenantId}::uuid and m.conversation_id = c.id and m.direction = 'inbound'
      order by m.at desc, m.id desc limit 5
    ) m
    join leads l on l.tenant_id = m.tenant_id and l.id = c.lead_id
    order by m.at desc limit ${mostRead}`;
  const heard = newest.find(({ body }) => isCodeWord(body, word));
  if (!heard) return { word, heard: null, other: newest[0]?.body.slice(0, 200) ?? null, reply: null };
  const [reply] = await tx.db.$queryRaw<{ status: MessageStatus; text: string; author: string }[]>`
    select m.status, left(m.body, 200) as text, m.author from messages m
    where m.tenant_id = ${tx.tenantId}::uuid and m.conversation_id = ${heard.conversationId}::uuid
      and m.direction = 'outbound' and (m.at, m.id) > (${heard.at}::timestamptz, ${heard.id}::uuid)
    order by m.status in ('sent', 'delivered', 'read') desc, m.at limit 1`;
  const { conversationId, from } = heard;
  return {
    word,
    heard: { at: heard.at.toISOString(), from, conversationId },
    other: null,
    reply: reply ? { status: reply.status, text: reply.text, byBot: reply.author === 'bot' } : null,
  };
}

type Heard = { id: string; conversationId: string; at: Date; body: string; from: string };

/**
 * Answers the word as this member, through delivery like any message: for a number whose bot is off. Once only; `id` is
 * made by the browser, as for every message.
 */
export async function answerFirstMessage(
  tx: TenantTx,
  { channelId, id, author }: { channelId: string; id: string; author: string },
): Promise<void> {
  const { heard, reply } = await readFirstMessage(tx, channelId);
  if (!heard)
    throw new Refusal('precondition', 'no-word', 'The code word has not come in yet. Send it first.');
  if (reply) return;
  const text = 'It works: this number is connected, and this is the first reply.';
  await sendMessage(tx, { conversationId: heard.conversationId, id, text, author });
}

async function requireChannel({ db, tenantId }: TenantTx, id: string) {
  if ((await db.channel.count({ where: { tenantId, id } })) === 0)
    throw new Refusal('not-found', 'no-channel', 'Not found.');
}
