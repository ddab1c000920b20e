/** unknown: never asked, never said · in: agreed · out: wants no message that they did not ask for. */
export type ConsentState = 'unknown' | 'in' | 'out';

/** How a consent is known. `keyword`: the person wrote it · `meta`: they told WhatsApp · `failure`: Meta refused a message for it. */
export type ConsentSource = 'keyword' | 'meta' | 'failure' | 'hand' | 'import' | 'form';

/** A word on one lead's consent. `proof`: what was said, agreed to or answered, word for word. */
export type ConsentNews = {
  tenantId: string;
  /** Made by whoever tells, so that telling twice is one: a keyword's is the id of the message that it stood in. */
  id: string;
  leadId: string;
  at: Date;
  state: 'in' | 'out';
  source: ConsentSource;
  proof: string;
  actor: { userId: string; name: string } | null;
};

/** What the rule looks at before a message leaves. */
export type Sending = {
  author: 'bot' | 'member';
  consent: ConsentState;
  blocked: boolean;
  /** The lead wrote within the last 24 hours, so that a person's message is an answer. */
  windowOpen: boolean;
  /** The message was written after the lead opted out: it answers what they wrote since, or confirms that they did. */
  afterOptOut: boolean;
};

/**
 * The one rule: why this message must not leave, or null. Nothing goes to a blocked person. Who opted out gets no
 * message that the business begins, by any way: only answers, within the window that their own writing opened, and none
 * of the bot's that was meant before they said it.
 */
export function whyNotToSend(sending: Sending): 'blocked' | 'opted-out' | null {
  const { author, consent, blocked, windowOpen, afterOptOut } = sending;
  if (blocked) return 'blocked';
  if (consent !== 'out') return null;
  return windowOpen && (author === 'member' || afterOptOut) ? null : 'opted-out';
}
