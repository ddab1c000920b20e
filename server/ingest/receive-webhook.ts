import { timingSafeEqual } from 'node:crypto';
import { type Channel, type Former, findChannel, findChannelAfresh } from '#server/channels/find-channel.ts';
import { type DraftDoor, findDraft, noteHandshake } from '#server/channels/find-draft.ts';
import { noteRejection, noteWebhook } from '#server/channels/note-arrivals.ts';
import { env } from '#server/env.ts';
import { log } from '#server/log.ts';
import { webhookSeconds } from '#server/metrics.ts';
import { parseWebhook } from '#server/whatsapp/parse-webhook.ts';
import { isSigned } from '#server/whatsapp/signature.ts';
import { commitDelivery } from './commit-events.ts';
import { routeEvents } from './route-events.ts';

/**
 * The platform's door, or that of one channel with its own address; unknown: no such door. After a change the former
 * secret and token are taken as well for a while.
 */
type Door = { secrets: string[]; verifyTokens: string[]; channel: Channel | null };

/**
 * One webhook, from raw bytes to committed rows. 200: every part is committed, as rows or raw in quarantine. 401: not
 * signed. 404: no such channel key. 503: nothing was promised, Meta sends it again. Never throws.
 */
export async function receiveWebhook(
  body: Uint8Array,
  signature: string | undefined,
  channelKey: string | null,
): Promise<{ status: 200 | 401 | 404 | 503 }> {
  const done = webhookSeconds.startTimer();
  try {
    const fits = ({ secrets }: Door) => fitsOne(secrets, (secret) => isSigned(body, signature, secret));
    const { door, isRight } = await findDoor(channelKey, fits);
    if (!door) return { status: statusOfDraft(await findDraftDoor(channelKey), body, signature) };
    if (!isRight) {
      if (door.channel && signature !== undefined) noteRejection(door.channel, 'signature');
      return { status: 401 };
    }
    const now = new Date();
    const delivery = await routeEvents(parseWebhook(body, now), door.channel, now);
    await commitDelivery(delivery, body.length);
    if (door.channel) noteWebhook(door.channel);
    else
      for (const { channel } of [...delivery.messages, ...delivery.statuses, ...delivery.preferences])
        noteWebhook(channel);
    return { status: 200 };
  } catch (error) {
    log().warn({ err: error }, 'a webhook could not be committed');
    return { status: 503 };
  } finally {
    done();
  }
}

/** Meta's handshake: the challenge to answer with, or the status of a refusal. */
export async function answerHandshake(
  query: URLSearchParams,
  channelKey: string | null,
): Promise<{ status: 200; challenge: string } | { status: 403 | 404 | 503 }> {
  try {
    const challenge = query.get('hub.challenge');
    const token = query.get('hub.verify_token');
    const fits = ({ verifyTokens }: Door) => fitsOne(verifyTokens, (wanted) => isSame(token, wanted));
    const { door, isRight } = await findDoor(channelKey, fits);
    if (!door) return await shakeDraft(await findDraftDoor(channelKey), query);
    if (isRight && query.get('hub.mode') === 'subscribe' && challenge !== null)
      return { status: 200, challenge };
    if (!isRight && door.channel && token !== null) noteRejection(door.channel, 'handshake');
    return { status: 403 };
  } catch (error) {
    log().warn({ err: error }, 'a handshake could not be answered');
    return { status: 503 };
  }
}

const findDraftDoor = async (key: string | null) =>
  key !== null && keyForm.test(key) ? findDraft(key) : undefined;

/** A number that is being connected takes nothing yet, and loses nothing: Meta sends it again. */
function statusOfDraft(draft: DraftDoor | undefined, body: Uint8Array, signature: string | undefined) {
  if (!draft) return 404;
  return isSigned(body, signature, draft.secret) ? 503 : 401;
}

/** Meta asks whether the address is ours; it is being connected, and that it was asked is one of the checks. */
async function shakeDraft(draft: DraftDoor | undefined, query: URLSearchParams) {
  if (!draft) return { status: 404 } as const;
  const challenge = query.get('hub.challenge');
  const isRight =
    query.get('hub.mode') === 'subscribe' && isSame(query.get('hub.verify_token'), draft.verifyToken);
  if (!isRight || challenge === null) return { status: 403 } as const;
  await noteHandshake(draft, new Date());
  return { status: 200, challenge } as const;
}

const keyForm = /^[a-z0-9-]{1,64}$/;

/** A channel's secrets may have been changed a moment ago by another process: before the answer is no, they are read again. */
async function findDoor(
  channelKey: string | null,
  fits: (door: Door) => boolean,
): Promise<{ door: Door | undefined; isRight: boolean }> {
  if (channelKey === null) {
    const { META_APP_SECRET, META_VERIFY_TOKEN } = env();
    const door = { secrets: [META_APP_SECRET], verifyTokens: [META_VERIFY_TOKEN], channel: null };
    return { door, isRight: fits(door) };
  }
  if (!keyForm.test(channelKey)) return { door: undefined, isRight: false };
  const known = await findChannel('key', channelKey);
  if (!known) return { door: undefined, isRight: false };
  const door = doorOf(known);
  if (fits(door)) return { door, isRight: true };
  const now = await findChannelAfresh('key', channelKey);
  const fresh = now && doorOf(now);
  return { door: fresh, isRight: now !== known && fresh !== undefined && fits(fresh) };
}

function doorOf(channel: Channel): Door {
  const { META_APP_SECRET, META_VERIFY_TOKEN } = env();
  const { appSecret, verifyToken, before } = channel;
  return {
    secrets: [appSecret ?? META_APP_SECRET, ...stillTaken(before.appSecret)],
    verifyTokens: [verifyToken ?? META_VERIFY_TOKEN, ...stillTaken(before.verifyToken)],
    channel,
  };
}

const stillTaken = (former: Former | null): string[] =>
  former && former.until.getTime() > Date.now() ? [former.secret] : [];

/** Tries them all, so that the time tells nothing about which of them it was. */
const fitsOne = (secrets: string[], fits: (secret: string) => boolean): boolean =>
  secrets.map(fits).includes(true);

function isSame(given: string | null, wanted: string) {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
