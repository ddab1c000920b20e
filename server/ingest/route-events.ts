import { type Channel, findChannel } from '#server/channels/find-channel.ts';
import type { InboundEvent, OddPart, StatusEvent, WebhookEvent } from '#server/whatsapp/events.ts';

/** What one webhook brought, each part with its channel; what belongs to none goes to quarantine. */
export type Delivery = {
  arrival: Date;
  messages: { channel: Channel; event: InboundEvent }[];
  statuses: { channel: Channel; event: StatusEvent }[];
  quarantine: Quarantined[];
};

export type Quarantined = {
  channelKey: string | null;
  reason: string;
  details: string | null;
  payload: string;
};

/**
 * Finds each part's channel by its phone number id. A channel's own door takes only that channel's number: its app's
 * secret says nothing about anybody else's.
 */
export async function routeEvents(
  events: WebhookEvent[],
  door: Channel | null,
  arrival: Date,
): Promise<Delivery> {
  const delivery: Delivery = { arrival, messages: [], statuses: [], quarantine: [] };
  const setAside = (reason: string, part: unknown) =>
    delivery.quarantine.push({ channelKey: door?.key ?? null, reason, details: null, payload: asText(part) });

  for (const event of events) {
    if (event.type === 'odd') {
      setAside(isForeign(event, door) ? 'other-channel' : event.reason, event.part);
      continue;
    }
    const channel = await findChannel('phoneNumberId', event.phoneNumberId);
    if (!channel) setAside('unknown-number', event);
    else if (door && door.id !== channel.id) setAside('other-channel', event);
    else if (event.type === 'message') delivery.messages.push({ channel, event });
    else delivery.statuses.push({ channel, event });
  }
  return delivery;
}

/** A change without a phone number id (about templates, the account) is matched by its WhatsApp business account. */
function isForeign(part: OddPart, door: Channel | null) {
  if (!door) return false;
  if (part.phoneNumberId !== null) return part.phoneNumberId !== door.phoneNumberId;
  return part.wabaId !== null && part.wabaId !== door.wabaId;
}

function asText(part: unknown): string {
  try {
    return JSON.stringify(part) ?? '';
  } catch {
    return 'nested too deeply to be written down';
  }
}
