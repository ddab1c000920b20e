import type { TenantTx } from '#server/db/with-tenant.ts';
import type { ConsentState } from '#server/leads/consent.ts';
import { Refusal } from '#server/refusal.ts';
import { recordEvents } from './record-event.ts';
import { withdrawn } from './undelivered.ts';

export type HolderKind = 'bot' | 'member' | 'nobody';

/** A conversation whose row this transaction holds. */
export type HeldConversation = {
  id: string;
  channelId: string;
  leadId: string;
  holder: HolderKind;
  assigneeId: string | null;
  open: boolean;
  lastAt: Date;
  windowClosesAt: Date | null;
  botOn: boolean;
  /** The lead turned out to be somebody else, who has a conversation of their own here. */
  merged: boolean;
  consent: ConsentState;
  /** The lead is. */
  blocked: boolean;
  /** The tenant is: nothing may be sent. */
  suspended: boolean;
  /** The channel is: nothing may be sent. */
  disconnected: boolean;
};

/** Locks a conversation until the transaction ends. Refuses when the tenant has none with this id. */
export async function lockConversation(tx: TenantTx, id: string): Promise<HeldConversation> {
  const [row] = await tx.db.$queryRaw<HeldConversation[]>`
    select c.id, c.channel_id as "channelId", c.lead_id as "leadId", c.holder, c.assignee_id as "assigneeId", c.open,
           c.last_at as "lastAt", c.window_closes_at as "windowClosesAt", ch.bot_on as "botOn",
           l.merged_into is not null as merged, l.consent, l.blocked_at is not null as blocked, t.state = 'suspended' as suspended, ch.disconnected_at is not null as disconnected
    from conversations c join channels ch on ch.tenant_id = c.tenant_id and ch.id = c.channel_id
    join tenants t on t.id = c.tenant_id join leads l on l.tenant_id = c.tenant_id and l.id = c.lead_id
    where c.tenant_id = ${tx.tenantId}::uuid and c.id = ${id}::uuid
    for no key update of c`;
  if (!row) throw new Refusal('not-found', 'no-conversation', 'This conversation does not exist.');
  return row;
}

/**
 * Gives the conversation to a member. From this commit on nothing of the bot's leaves but a request that is under way:
 * what it had queued is marked as not sent, and its open turns find that
 * somebody else holds the conversation. A closed one is opened. Returns whether anything changed.
 */
export async function takeOver(tx: TenantTx, conversation: HeldConversation, userId: string, now: Date) {
  if (conversation.holder === 'member' && conversation.assigneeId === userId)
    return conversation.open ? false : reopen(tx, conversation, userId, now);
  await assertStillMember(tx, userId);
  await tx.db.$executeRaw`
    update conversations set holder = 'member', assignee_id = ${userId}::uuid, held_since = ${now}::timestamptz, open = true
    where tenant_id = ${tx.tenantId}::uuid and id = ${conversation.id}::uuid`;
  await withdrawBotMessages(tx, [conversation.id], now);
  await recordEvents(tx, [
    {
      tenantId: tx.tenantId,
      conversationId: conversation.id,
      at: now,
      kind: 'taken-over',
      actorId: userId,
      detail: null,
    },
  ]);
  return true;
}

/** Holds the member's place: whoever takes it away waits, and then finds this conversation among what they held. */
export async function assertStillMember({ tenantId, db }: TenantTx, userId: string) {
  const [member] = await db.$queryRaw<unknown[]>`
    select 1 from members where tenant_id = ${tenantId}::uuid and user_id = ${userId}::uuid for key share`;
  if (!member) throw new Refusal('not-found', 'no-member', 'Not found.');
}

async function reopen(tx: TenantTx, { id }: HeldConversation, actorId: string, now: Date) {
  const { tenantId } = tx;
  await tx.db.conversation.update({ where: { tenantId_id: { tenantId, id } }, data: { open: true } });
  await recordEvents(tx, [
    { tenantId, conversationId: id, at: now, kind: 'reopened', actorId, detail: null },
  ]);
  return true;
}

/** One whose request may be under way already is left alone: it may have arrived. Delivery withdraws it if it has not. */
export async function withdrawBotMessages(tx: TenantTx, conversationIds: string[], now: Date) {
  await tx.db.$executeRaw`
    with withdrawn as (
      delete from outbox o using messages m
      where o.tenant_id = ${tx.tenantId}::uuid and o.conversation_id = any(${conversationIds}::uuid[])
        and o.claimed_at is null and not o.unknown
        and m.tenant_id = o.tenant_id and m.id = o.message_id and m.author = 'bot'
      returning o.message_id
    )
    update messages set failed_at = ${now}::timestamptz, held_at = null, failure = ${withdrawn}::jsonb
    where tenant_id = ${tx.tenantId}::uuid and id in (select message_id from withdrawn)`;
}
