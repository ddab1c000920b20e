import type { InboundRequest } from './inbound-schema.ts';
import type { Inbound } from './ledger.ts';
import { contactOf, type Fields } from './payload.ts';
import { addressOf } from './people.ts';
import type { Attempt } from './post-webhook.ts';
import type { Simulation } from './simulation.ts';
import { makeWamid } from './wamid.ts';
import type { MetaNumber } from './world.ts';

/** The id of what was written, and what the product said to the first attempt (null: held, or no subscriber). */
export type Received = { readonly id: string; readonly attempt: Attempt | null };

/** A person writes to a number: the product gets a signed webhook, the window opens, the phone shows it. */
export async function receiveInbound(
  simulation: Simulation,
  number: MetaNumber,
  request: InboundRequest,
): Promise<Received> {
  const { people, ledger, windows, changes, clock, outbox } = simulation;
  const person = people.put({
    ...(request.from && { waId: request.from }),
    ...(request.from_user_id && { userId: request.from_user_id }),
    ...(request.name && { name: request.name }),
    ...(request.username && { username: request.username }),
  });
  const address = addressOf(person);
  const id = request.id ?? makeWamid('in', address);
  // Who is blocked may write; it reaches nobody, and their phone does not say so.
  if (simulation.blocks.has(number.phoneNumberId, address)) return { id, attempt: null };
  const timestamp = String(request.timestamp ?? Math.floor(clock.now() / 1000));
  const message: Fields = {
    ...(person.waId && { from: person.waId }),
    from_user_id: person.userId,
    id,
    timestamp,
    ...contextOf(request, number),
    ...contentOf(request),
  };
  const entry: Inbound = {
    direction: 'in',
    id,
    phoneNumberId: number.phoneNumberId,
    with: address,
    at: clock.now(),
    message: JSON.stringify(message),
    status: 'sent',
  };
  ledger.add(entry);
  windows.hear(number.phoneNumberId, address, momentOf(timestamp, clock.now()));
  changes.note('people');
  changes.noteChat(number.phoneNumberId, address);

  const first = Promise.withResolvers<Attempt | null>();
  const posted = outbox.message(number, message, contactOf(person), summaryOf(message), first.resolve, () => {
    if (entry.status === 'sent') entry.status = 'delivered';
    changes.noteChat(number.phoneNumberId, address);
  });
  if (!posted || simulation.behaviour().holdWebhooks) first.resolve(null);
  return { id, attempt: await first.promise };
}

/** Meta's `timestamp` counts for the window; what is no time of seconds counts as now. */
function momentOf(timestamp: string, now: number): number {
  const ms = Number(timestamp) * 1000;
  return Number.isFinite(ms) && ms > 0 && ms <= now + 60_000 ? ms : now;
}

function contextOf({ context, message }: InboundRequest, number: MetaNumber): Fields {
  if (context === undefined || message?.['context'] !== undefined) return {};
  return {
    context: typeof context === 'string' ? { from: number.displayPhoneNumber, id: context } : context,
  };
}

function contentOf(request: InboundRequest): Fields {
  const { message, button_reply, list_reply, text, type } = request;
  if (message) return message;
  if (button_reply) return { type: 'interactive', interactive: { type: 'button_reply', button_reply } };
  if (list_reply) return { type: 'interactive', interactive: { type: 'list_reply', list_reply } };
  if (type === undefined || type === 'text') {
    return { type: 'text', text: typeof text === 'object' ? text : { body: text ?? '' } };
  }
  return { type, ...(request[type] !== undefined && { [type]: request[type] }) };
}

function summaryOf(message: Fields): string {
  const { type, text, interactive } = message as {
    type: string;
    text?: { body?: unknown };
    interactive?: { button_reply?: { title: string }; list_reply?: { title: string } };
  };
  const body = text?.body;
  if (type === 'text' && typeof body === 'string') {
    return `text, ${[...body].length} ${[...body].length === 1 ? 'character' : 'characters'}`;
  }
  if (interactive?.button_reply) return `button reply “${interactive.button_reply.title}”`;
  if (interactive?.list_reply) return `list reply “${interactive.list_reply.title}”`;
  return type;
}
