/** Where a message goes: a phone (digits as Meta wrote them) or a business-scoped user id. */
export type Recipient = { kind: 'phone' | 'bsuid'; raw: string };

export type ReplyButton = { id: string; title: string };

/** What can be sent: a text, or a text with one to three reply buttons. */
export type OutboundContent =
  | { kind: 'text'; body: string }
  | { kind: 'buttons'; body: string; buttons: ReplyButton[] };

/** Meta's limits on what one message holds (Cloud API, messages reference). */
export const limits = { text: 4096, buttonsBody: 1024, buttons: 3, buttonTitle: 20, buttonId: 256 } as const;

/**
 * The JSON body of `POST /{phone number id}/messages`. `messageId` travels as `biz_opaque_callback_data` and comes
 * back with each status: the Graph API has no other idempotency.
 */
export function sendRequest(recipient: Recipient, content: OutboundContent, messageId: string) {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    // Without "+" Meta may put the business's own country code in front.
    ...(recipient.kind === 'phone' ? { to: `+${recipient.raw}` } : { recipient: recipient.raw }),
    ...contentPart(content),
    biz_opaque_callback_data: messageId,
  };
}

function contentPart(content: OutboundContent) {
  if (content.kind === 'text') return { type: 'text', text: { body: content.body, preview_url: false } };
  const buttons = content.buttons.map((reply) => ({ type: 'reply', reply }));
  return {
    type: 'interactive',
    interactive: { type: 'button', body: { text: content.body }, action: { buttons } },
  };
}
