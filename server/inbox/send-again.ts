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
  const message = await tx.db.message.findFirst({
    where: { tenantId: tx.tenantId, id: messageId, direction: 'outbound' },
    select: { conversationId: true, body: true, status: true },
  });
  if (!message) throw new Refusal('not-found', 'no-message', 'This message does not exist.');
  if (message.status !== 'failed' && message.status !== 'unknown')
    throw new Refusal(
      'conflict',
      'on-its-way',
      'This message is on its way; sending it again would double it.',
    );
  return sendMessage(tx, { conversationId: message.conversationId, id, text: message.body, author: userId });
}
