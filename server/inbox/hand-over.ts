import { type EventKind, recordEvents } from '#server/conversations/record-event.ts';
import { type HeldConversation, lockConversation, takeOver } from '#server/conversations/take-over.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { publish } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';

type Deed = { conversationId: string; userId: string };

/**
 * Gives a conversation to the member who asks. `from` is the holder that they saw (bot, nobody, or a member's id): when
 * somebody else was faster, they are told instead of taking it away unknowingly.
 */
export async function takeOverConversation(
  tx: TenantTx,
  { conversationId, userId, from }: Deed & { from?: string | undefined },
) {
  const conversation = await lockConversation(tx, conversationId);
  const current = holderKey(conversation);
  if (from !== undefined && from !== current && current !== userId && conversation.holder === 'member')
    throw new Refusal('conflict', 'held-by-other', 'A colleague took this conversation over a moment ago.');
  await takeOver(tx, conversation, userId, new Date());
  await publish(tx, [{ tenantId: tx.tenantId, conversationId }]);
}

/** Gives a conversation back to the bot, which answers from the lead's next message on. */
export async function handBackConversation(tx: TenantTx, { conversationId, userId }: Deed) {
  const conversation = await lockConversation(tx, conversationId);
  if (!conversation.botOn)
    throw new Refusal(
      'precondition',
      'bot-off',
      'The bot is switched off on this channel, so nobody would answer.',
    );
  if (conversation.holder === 'bot') return;
  await change(
    tx,
    conversation,
    { holder: 'bot', assigneeId: null, heldSince: new Date() },
    'handed-back',
    userId,
  );
}

/** Closes a conversation; it opens again by itself when the lead writes. */
export async function closeConversation(tx: TenantTx, { conversationId, userId }: Deed) {
  const conversation = await lockConversation(tx, conversationId);
  if (conversation.open) await change(tx, conversation, { open: false }, 'closed', userId);
}

export async function reopenConversation(tx: TenantTx, { conversationId, userId }: Deed) {
  const conversation = await lockConversation(tx, conversationId);
  if (!conversation.open) await change(tx, conversation, { open: true }, 'reopened', userId);
}

type Change = { holder?: string; assigneeId?: null; heldSince?: Date; open?: boolean };

async function change(
  tx: TenantTx,
  { id }: HeldConversation,
  data: Change,
  kind: EventKind,
  actorId: string,
) {
  const { tenantId } = tx;
  await tx.db.conversation.update({ where: { tenantId_id: { tenantId, id } }, data });
  await recordEvents(tx, [{ tenantId, conversationId: id, at: new Date(), kind, actorId, detail: null }]);
  await publish(tx, [{ tenantId, conversationId: id }]);
}

const holderKey = ({ holder, assigneeId }: HeldConversation) =>
  holder === 'member' ? (assigneeId ?? '') : holder;
