import { timingSafeEqual } from 'node:crypto';
import { type Channel, findChannel } from '#server/channels/find-channel.ts';
import { env } from '#server/env.ts';
import { log } from '#server/log.ts';
import { webhookSeconds } from '#server/metrics.ts';
import { parseWebhook } from '#server/whatsapp/parse-webhook.ts';
import { isSigned } from '#server/whatsapp/signature.ts';
import { commitDelivery } from './commit-events.ts';
import { routeEvents } from './route-events.ts';

/** The platform's door, or that of one channel with its own address; unknown: no such door. */
type Door = { secret: string; verifyToken: string; channel: Channel | null };

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
    const door = await findDoor(channelKey);
    if (!door) return { status: 404 };
    if (!isSigned(body, signature, door.secret)) return { status: 401 };
    const now = new Date();
    await commitDelivery(await routeEvents(parseWebhook(body, now), door.channel, now), body.length);
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
    const door = await findDoor(channelKey);
    if (!door) return { status: 404 };
    const challenge = query.get('hub.challenge');
    const isRight =
      query.get('hub.mode') === 'subscribe' && isSame(query.get('hub.verify_token'), door.verifyToken);
    return isRight && challenge !== null ? { status: 200, challenge } : { status: 403 };
  } catch (error) {
    log().warn({ err: error }, 'a handshake could not be answered');
    return { status: 503 };
  }
}

async function findDoor(channelKey: string | null): Promise<Door | undefined> {
  const platform = { secret: env().META_APP_SECRET, verifyToken: env().META_VERIFY_TOKEN };
  if (channelKey === null) return { ...platform, channel: null };
  if (!/^[a-z0-9-]{1,64}$/.test(channelKey)) return undefined;
  const channel = await findChannel('key', channelKey);
  if (!channel) return undefined;
  return {
    secret: channel.appSecret ?? platform.secret,
    verifyToken: channel.verifyToken ?? platform.verifyToken,
    channel,
  };
}

function isSame(given: string | null, wanted: string) {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
