import { type Channel, findChannel } from '#server/channels/find-channel.ts';
import { noteNews } from '#server/channels/note-arrivals.ts';
import type {
  InboundEvent,
  OddPart,
  PreferenceEvent,
  StatusEvent,
  WebhookEvent,
} from '#server/whatsapp/events.ts';

/** What one webhook brought, each part with its channel; what belongs to none goes to quarantine. */
export type Delivery = {
  arrival: Date;
  messages: { channel: Channel; event: InboundEvent }[];
  statuses: { channel: Channel; event: StatusEvent }[];
  preferences: { channel: Channel; event: PreferenceEvent }[];
  quarantine: Quarantined[];
};

type Reason = OddPart['reason'] | 'unknown-number' | 'other-channel' | 'too-many' | 'refused';

export type Quarantined = {
  channelKey: string | null;
  reason: Reason;
  details: string | null;
  payload: Uint8Array<ArrayBuffer>;
};

// Meta puts at most 1,000 updates into a webhook. What is beyond it shares one row: it is somebody who plays.
const mostApart = 1_000;

/**
 * Finds each part's channel by its phone number id. A channel's own door takes only that channel's number: its app's
 * secret says nothing about anybody else's.
 */
export async function routeEvents(
  events: WebhookEvent[],
  door: Channel | null,
  arrival: Date,
): Promise<Delivery> {
  const delivery: Delivery = { arrival, messages: [], statuses: [], preferences: [], quarantine: [] };
  const aside: { reason: Reason; part: unknown }[] = [];
  const setAside = (reason: Reason, part: unknown) => aside.push({ reason, part });

  for (const event of events) {
    if (event.type === 'odd') {
      const foreign = isForeign(event, door);
      if (!foreign && event.reason === 'unhandled-field' && event.wabaId !== null) noteNews(event.wabaId);
      setAside(foreign ? 'other-channel' : event.reason, event.part);
      continue;
    }
    const channel = await findChannel('phoneNumberId', event.phoneNumberId);
    if (!channel) setAside('unknown-number', event);
    else if (door && door.id !== channel.id) setAside('other-channel', event);
    else if (event.type === 'message') delivery.messages.push({ channel, event });
    else if (event.type === 'preference') delivery.preferences.push({ channel, event });
    else delivery.statuses.push({ channel, event });
  }
  const rest = aside.splice(mostApart);
  if (rest.length > 0) aside.push({ reason: 'too-many', part: rest.map(({ part }) => part) });
  delivery.quarantine = aside.map(({ reason, part }) => ({
    channelKey: door?.key ?? null,
    reason,
    details: null,
    payload: asBytes(part),
  }));
  return delivery;
}

/** A change without a phone number id (about templates, the account) is matched by its WhatsApp business account. */
function isForeign(part: OddPart, door: Channel | null) {
  if (!door) return false;
  if (part.phoneNumberId !== null) return part.phoneNumberId !== door.phoneNumberId;
  return part.wabaId !== null && part.wabaId !== door.wabaId;
}

/** What is kept of a part: its JSON, or the bytes as they came. */
export function asBytes(part: unknown): Uint8Array<ArrayBuffer> {
  if (part instanceof Uint8Array) return new Uint8Array(part);
  try {
    return new TextEncoder().encode(JSON.stringify(part));
  } catch {
    return new TextEncoder().encode('nested too deeply to be written down');
  }
}
