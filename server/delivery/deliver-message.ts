import { findChannel, findChannelAfresh } from '#server/channels/find-channel.ts';
import { buttonsIn } from '#server/conversations/message-kinds.ts';
import type { JobData } from '#server/jobs/catalog.ts';
import { whyNotToSend } from '#server/leads/consent.ts';
import { log } from '#server/log.ts';
import { deliveries } from '#server/metrics.ts';
import { type SendOutcome, sendToMeta } from '#server/whatsapp/graph-client.ts';
import { type OutboundContent, type Recipient, sendRequest } from '#server/whatsapp/send-request.ts';
import { type Claim, claimMessage } from './claim-message.ts';
import type { Pace } from './pace.ts';
import { type Verdict, verdictOn } from './retry.ts';
import { settleAttempt } from './settle-attempt.ts';
import { giveTurnBack, tenantTurn } from './tenant-pace.ts';

type Conversation = Pick<JobData<'deliver'>, 'tenantId' | 'conversationId'>;
/** Meta's code for a token that is none. */
const wrongToken = 190;
const unlimited = { turn: async () => {}, rest: () => {} };

// A claim that is older than this before its call begins belongs to a process that was frozen meanwhile: others may
// have given it up, a person may have sent it again. Milliseconds.
const stale = 5_000;

/**
 * Hands a conversation's waiting messages to Meta, one after the other, each when it is the number's turn and the tenant's: attempt row
 * first, then the Graph call outside any transaction, then the outcome; until none is due. Never throws: what it leaves
 * behind the sweep finds.
 */
export async function deliverMessages(conversation: Conversation, pace: Pace = unlimited) {
  try {
    for (let more = true; more; ) {
      await pace.turn();
      await tenantTurn(conversation.tenantId);
      const claim = await claimMessage(conversation);
      if (claim === null) giveTurnBack(conversation.tenantId);
      more = claim !== null && (await deliver(claim, pace));
    }
  } catch (error) {
    log().error({ err: error, conversation: conversation.conversationId }, 'delivery failed');
  }
}

/** Returns whether more of the conversation waits. */
async function deliver(claim: Claim, pace: Pace): Promise<boolean> {
  const isStale = performance.now() - claim.asked > stale;
  const outcome: SendOutcome = isStale ? { kind: 'unsent', why: 'frozen' } : await send(claim);
  if (outcome.kind === 'refused' && outcome.class === 'slow') pace.rest();
  const verdict = verdictOn(outcome, claim.attempt);
  deliveries.inc({ outcome: verdict.kind });
  const { more } = await settleAttempt({ claim, verdict, failure: failureOf(outcome) });
  if (verdict.kind !== 'accepted') tell(claim, outcome, verdict);
  return more;
}

function tell({ messageId: message, attempt }: Claim, outcome: SendOutcome, verdict: Verdict) {
  // Meta's own words may hold the number or the text: its code says enough here.
  const code = outcome.kind === 'refused' ? outcome.failure.code : undefined;
  const why = 'why' in outcome ? outcome.why : undefined;
  log().info({ message, attempt, outcome: outcome.kind, code, why, verdict: verdict.kind }, 'not accepted');
}

async function send(claim: Claim): Promise<SendOutcome> {
  // Fail closed: whatever was decided when it was queued, the rule is asked when it leaves.
  const no = whyNotToSend(claim);
  if (no) return refusedHere(noWords[no], no);
  if (claim.disconnected) return refusedHere('The number is disconnected');
  const channel = await findChannel('phoneNumberId', claim.phoneNumberId).catch(() => undefined);
  const recipient = recipientOf(claim);
  // A number can move to another tenant: its token is not for this one's words.
  if (channel?.id !== claim.channelId) return { kind: 'unsent', why: 'the channel could not be read' };
  if (!recipient) return refusedHere('No address');
  const request = sendRequest(recipient, contentOf(claim), claim.messageId);
  const outcome = await sendToMeta(channel.phoneNumberId, channel.accessToken, request);
  if (outcome.kind !== 'refused' || outcome.failure.code !== wrongToken) return outcome;
  // Somebody may have replaced the token a moment ago. Meta took nothing, so it may be asked once more.
  const fresh = await findChannelAfresh('phoneNumberId', claim.phoneNumberId).catch(() => undefined);
  if (fresh?.id !== claim.channelId || fresh.accessToken === channel.accessToken) return outcome;
  return sendToMeta(fresh.phoneNumberId, fresh.accessToken, request);
}

const noWords = { 'opted-out': 'They want no messages', blocked: 'This person is blocked' };

const refusedHere = (title: string, reason?: string): SendOutcome => ({
  kind: 'refused',
  class: 'never',
  failure: { code: null, title, details: null, ...(reason !== undefined && { reason }) },
});

function recipientOf({ phone, bsuid }: Claim): Recipient | undefined {
  if (phone !== null) return { kind: 'phone', raw: phone };
  return bsuid === null ? undefined : { kind: 'bsuid', raw: bsuid };
}

function contentOf({ kind, body, content }: Claim): OutboundContent {
  const buttons = buttonsIn(kind, content);
  return buttons.length > 0 ? { kind: 'buttons', body, buttons } : { kind: 'text', body };
}

function failureOf(outcome: SendOutcome) {
  if (outcome.kind === 'refused') return outcome.failure;
  if (outcome.kind === 'unsent')
    return { code: null, title: 'WhatsApp could not be reached', details: outcome.why };
  return null;
}
