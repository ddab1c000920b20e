import { buttonsIn } from '#server/conversations/message-kinds.ts';
import { lockConversation } from '#server/conversations/take-over.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { sendMessage } from '#server/delivery/send-message.ts';
import { Refusal } from '#server/refusal.ts';

/**
 * Writes a message that failed, or whose outcome is unknown, once more, as a new message of the member who asks. The
 * first one stays as it is: news of it may still come.
 */
export async function sendAgain(
  tx: TenantTx,
  { messageId, id, userId }: { messageId: string; id: string; userId: string },
) {
  const where = { tenantId: tx.tenantId, id: messageId, direction: 'outbound' };
  const known = await tx.db.message.findFirst({ where, select: { conversationId: true } });
  if (!known) throw new Refusal('not-found', 'no-message', 'This message does not exist.');
  // Two who press the button at once come one after the other, and each sees what the other did.
  await lockConversation(tx, known.conversationId);
  const message = await tx.db.message.findFirstOrThrow({
    where,
    select: { conversationId: true, kind: true, body: true, content: true, status: true },
  });
  const copies = await tx.db.message.findFirst({
    where: {
      tenantId: tx.tenantId,
      conversationId: known.conversationId,
      content: { path: ['again'], equals: messageId },
    },
    select: { id: true },
  });
  if (copies && copies.id !== id)
    throw new Refusal('conflict', 'sent-again', 'This message has been sent again already: see below.');
  if (message.status !== 'failed' && message.status !== 'unknown')
    throw new Refusal(
      'conflict',
      'on-its-way',
      'This message is on its way; sending it again would double it.',
    );
  return sendMessage(tx, {
    conversationId: message.conversationId,
    id,
    text: message.body,
    author: userId,
    again: { id: messageId, buttons: buttonsIn(message.kind, message.content) },
  });
}
