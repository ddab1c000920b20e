import type { OddPart, WebhookEvent } from './events.ts';
import { isObject, list, parseStorable, text } from './json.ts';
import { readContacts, readMessage } from './read-message.ts';
import { readPreference } from './read-preference.ts';
import { readStatus } from './read-status.ts';

/**
 * Everything that a webhook's body says, in its order. Never throws: what is not understood comes back as an odd part,
 * and one unreadable message costs only itself. `arrival` stands in for timestamps that cannot be right.
 */
export function parseWebhook(body: Uint8Array, arrival: Date): WebhookEvent[] {
  const source = new TextDecoder().decode(body);
  let payload: unknown;
  try {
    payload = parseStorable(source);
  } catch {
    return [odd('not-json', body)];
  }
  if (!isObject(payload) || payload['object'] !== 'whatsapp_business_account')
    return [odd('unknown-object', payload)];
  const entries = list(payload['entry']);
  if (entries.length === 0) return [odd('unreadable', payload)];
  return entries.flatMap((entry) => {
    const wabaId = isObject(entry) ? text(entry['id']) : null;
    const changes = isObject(entry) ? list(entry['changes']) : [];
    if (changes.length === 0) return [odd('unreadable', entry, { wabaId })];
    return changes.flatMap((change) => parseChange(change, wabaId, arrival));
  });
}

function parseChange(change: unknown, wabaId: string | null, arrival: Date): WebhookEvent[] {
  if (!isObject(change) || !isObject(change['value'])) return [odd('unreadable', change, { wabaId })];
  const value = change['value'];
  const metadata = isObject(value['metadata']) ? value['metadata'] : {};
  const phoneNumberId = text(metadata['phone_number_id']);
  const where = { wabaId, phoneNumberId };
  if (change['field'] === 'user_preferences' && phoneNumberId !== null) {
    const people = readContacts(list(value['contacts']));
    const entries = list(value['user_preferences']);
    if (entries.length === 0) return [odd('unreadable', change, where)];
    return entries.map(
      (entry) => readPreference(entry, people, phoneNumberId, arrival) ?? odd('unreadable', entry, where),
    );
  }
  const [messages, statuses] = [list(value['messages']), list(value['statuses'])];
  if (change['field'] !== 'messages' || phoneNumberId === null || messages.length + statuses.length === 0)
    return [odd(change['field'] === 'messages' ? 'unreadable' : 'unhandled-field', change, where)];

  const contacts = readContacts(list(value['contacts']));
  return [
    ...messages.map(
      (message) => readMessage(message, contacts, phoneNumberId, arrival) ?? oddMessage(message, where),
    ),
    ...statuses.map(
      (status) => readStatus(status, phoneNumberId, arrival) ?? odd('unreadable', status, where),
    ),
  ];
}

function oddMessage(message: unknown, where: Where) {
  const isGroup = isObject(message) && text(message['group_id']) !== null;
  return odd(isGroup ? 'group-message' : 'unreadable', message, where);
}

type Where = { wabaId?: string | null; phoneNumberId?: string | null };

function odd(
  reason: OddPart['reason'],
  part: unknown,
  { wabaId = null, phoneNumberId = null }: Where = {},
): OddPart {
  return { type: 'odd', reason, phoneNumberId, wabaId, part };
}
