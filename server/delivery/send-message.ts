import { demandDayMessage } from '#server/capacity/day-messages.ts';
import { outboundAt, recordOutbound } from '#server/conversations/record-outbound.ts';
import { type HeldConversation, lockConversation, takeOver } from '#server/conversations/take-over.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { whyNotToSend } from '#server/leads/consent.ts';
import { publish } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import type { ReplyButton } from '#server/whatsapp/send-request.ts';
import { isWindowOpen } from './window.ts';

/** `again`: the message that this one says once more, with its buttons. */
type Sending = {
  conversationId: string;
  id: string;
  text: string;
  author: string;
  again?: { id: string; buttons: ReplyButton[] };
};

/**
 * Queues a member's text: suspension, window rule, the day's quota, ledger row and job in one transaction. `id` is made by the sender, so a repeated
 * request is one message. Writing takes the conversation over from the bot or from nobody, never from a colleague.
 */
export async function sendMessage(
  tx: TenantTx,
  { conversationId, id, text, author, again }: Sending,
  now = new Date(),
) {
  const conversation = await lockConversation(tx, conversationId);
  if (await tx.db.message.findFirst({ where: { id, conversationId }, select: { id: true } })) return { id };
  refuseWhenHeldByOther(conversation, author);
  if (conversation.suspended)
    throw new Refusal(
      'precondition',
      'tenant-suspended',
      'This tenant is suspended: messages come in, but none can be sent.',
    );
  if (conversation.disconnected)
    throw new Refusal(
      'precondition',
      'channel-disconnected',
      'This number is disconnected: messages that still arrive are kept, but none can be sent.',
    );
  if (conversation.merged)
    throw new Refusal(
      'precondition',
      'lead-merged',
      'This person was merged with another lead. Write in that lead’s conversation.',
    );
  const windowOpen = isWindowOpen(conversation.windowClosesAt, now);
  const { consent, blocked } = conversation;
  const no = whyNotToSend({ author: 'member', consent, blocked, windowOpen, afterOptOut: true });
  if (no) throw new Refusal('precondition', no, noWords[no]);
  if (!windowOpen)
    throw new Refusal(
      'precondition',
      'window-closed',
      'The 24-hour window is closed. You can write again once this person has written.',
    );
  await demandDayMessage(tx, now);
  // Below the line that says who took over.
  const lastAt = (await takeOver(tx, conversation, author, now))
    ? later(now, conversation.lastAt)
    : conversation.lastAt;
  const made = await recordOutbound(
    tx,
    [
      {
        tenantId: tx.tenantId,
        id,
        conversationId,
        channelId: conversation.channelId,
        body: text,
        at: outboundAt(now, lastAt),
        author: 'member',
        authorId: author,
        ...contentOf(again),
      },
    ],
    now,
  );
  if (made.length === 0)
    throw new Refusal('conflict', 'id-taken', 'This message could not be queued. Send it again.');
  await enqueue(tx, 'deliver', [
    { tenantId: tx.tenantId, conversationId, channelId: conversation.channelId },
  ]);
  await publish(tx, [{ tenantId: tx.tenantId, conversationId }]);
  return { id };
}

const noWords = {
  'opted-out': 'This person said that they want no messages. You can answer once they write again.',
  blocked: 'This person is blocked. Unblock them first, then write.',
};

function contentOf(again: Sending['again']) {
  if (!again) return { kind: 'text', content: null };
  if (again.buttons.length === 0) return { kind: 'text', content: { again: again.id } };
  return { kind: 'buttons', content: { again: again.id, buttons: again.buttons } };
}

const later = (one: Date, other: Date) => (one > other ? one : other);

function refuseWhenHeldByOther({ holder, assigneeId }: HeldConversation, author: string) {
  if (holder === 'member' && assigneeId !== author)
    throw new Refusal('conflict', 'held-by-other', 'A colleague is answering. Take over first, then write.');
}
