import { z } from 'zod';
import { findChannel } from '#server/channels/find-channel.ts';
import type { JobData } from '#server/jobs/catalog.ts';
import type { Handled } from '#server/jobs/consume.ts';
import { log } from '#server/log.ts';
import { deliveries } from '#server/metrics.ts';
import { type SendOutcome, sendToMeta } from '#server/whatsapp/graph-client.ts';
import { type OutboundContent, type Recipient, sendRequest } from '#server/whatsapp/send-request.ts';
import { type Claim, claimMessage } from './claim-message.ts';
import { verdictOn } from './retry.ts';
import { settleAttempt } from './settle-attempt.ts';

/** The `deliver` jobs: hands each conversation's waiting messages to Meta, one after the other, many conversations at once. */
export const deliverMessages = (jobs: JobData<'deliver'>[]): Promise<Handled[]> =>
  Promise.all(jobs.map(deliver));

/** Attempt row first, then the Graph call outside any transaction, then the outcome; until none is due. */
async function deliver(job: JobData<'deliver'>): Promise<Handled> {
  try {
    for (let claim = await claimMessage(job); claim; claim = await claimMessage(job)) {
      const outcome = await send(claim);
      const verdict = verdictOn(outcome, claim.attempt);
      deliveries.inc({ outcome: verdict.kind });
      await settleAttempt({ claim, verdict, failure: failureOf(outcome) });
      if (verdict.kind !== 'accepted')
        log().info(
          { message: claim.messageId, attempt: claim.attempt, outcome, verdict: verdict.kind },
          'not accepted',
        );
    }
    return 'done';
  } catch (error) {
    log().error({ err: error, conversation: job.conversationId }, 'delivery failed');
    return 'failed';
  }
}

async function send(claim: Claim): Promise<SendOutcome> {
  const channel = await findChannel('phoneNumberId', claim.phoneNumberId).catch(() => undefined);
  const recipient = recipientOf(claim);
  if (!channel) return { kind: 'unsent', why: 'the channel could not be read' };
  if (!recipient)
    return { kind: 'refused', class: 'never', failure: { code: null, title: 'No address', details: null } };
  return sendToMeta(
    channel.phoneNumberId,
    channel.accessToken,
    sendRequest(recipient, contentOf(claim), claim.messageId),
  );
}

function recipientOf({ phone, bsuid }: Claim): Recipient | undefined {
  if (phone !== null) return { kind: 'phone', raw: phone };
  return bsuid === null ? undefined : { kind: 'bsuid', raw: bsuid };
}

const buttonsForm = z.object({ buttons: z.array(z.object({ id: z.string(), title: z.string() })) });

function contentOf({ kind, body, content }: Claim): OutboundContent {
  const offered = kind === 'buttons' ? buttonsForm.safeParse(content) : undefined;
  return offered?.success ? { kind: 'buttons', body, buttons: offered.data.buttons } : { kind: 'text', body };
}

function failureOf(outcome: SendOutcome) {
  if (outcome.kind === 'refused') return outcome.failure;
  if (outcome.kind === 'unsent')
    return { code: null, title: 'WhatsApp could not be reached', details: outcome.why };
  return null;
}
