import type { InboundEvent, Person } from './events.ts';
import { isObject, text } from './json.ts';
import { placeInSecond, readTimestamp } from './timestamp.ts';

type Json = Record<string, unknown>;

// PostgreSQL's stack and JSON.stringify's both end somewhere; nothing that a person sends is nested like this.
const deepest = 50;
const longestId = 1000;
// A business-scoped user id: ISO country, a dot, and letters or digits; ".ENT" for a parent of several portfolios.
const bsuidForm = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** One entry of `value.messages`, or null when it has no id, no type or nobody who wrote it, or comes from a group. */
export function readMessage(
  message: unknown,
  contacts: Json[],
  phoneNumberId: string,
  arrival: Date,
): InboundEvent | null {
  if (!isObject(message) || text(message['group_id']) !== null) return null;
  const wamid = text(message['id']);
  const type = text(message['type']);
  const person = readPerson(message, contacts);
  if (
    wamid === null ||
    wamid.length > longestId ||
    type === null ||
    person === null ||
    isDeeper(message, deepest)
  )
    return null;
  const context = isObject(message['context']) ? message['context'] : {};
  return {
    type: 'message',
    phoneNumberId,
    person,
    wamid,
    at: placeInSecond(readTimestamp(message['timestamp'], arrival), arrival),
    quotedWamid: text(context['id']),
    ...readContent(type, message),
  };
}

function readContent(type: string, message: Json): Pick<InboundEvent, 'kind' | 'body' | 'content'> {
  const part = isObject(message[type]) ? message[type] : {};
  if (type === 'text' && typeof part['body'] === 'string')
    return { kind: 'text', body: part['body'], content: null };
  if (type === 'button' && typeof part['text'] === 'string')
    return {
      kind: 'button_reply',
      body: part['text'],
      content: { id: text(part['payload']) ?? part['text'] },
    };
  for (const kind of ['button_reply', 'list_reply'] as const) {
    const reply = part[kind];
    if (type === 'interactive' && isObject(reply) && typeof reply['title'] === 'string')
      return {
        kind,
        body: reply['title'],
        content: { id: text(reply['id']), description: text(reply['description']) },
      };
  }
  return { kind: type, body: text(part['caption']) ?? '', content: message };
}

function readPerson(message: Json, contacts: Json[]): Person | null {
  const ids = [text(message['from']), text(message['from_user_id'])].filter((id) => id !== null);
  const contact =
    contacts.find((one) => ids.some((id) => id === one['wa_id'] || id === one['user_id'])) ??
    (contacts.length === 1 ? contacts[0] : undefined);
  const profile = isObject(contact?.['profile']) ? contact['profile'] : {};
  // A business-scoped id was seen in the place of the number, too.
  const given = [...ids, text(contact?.['user_id'])].filter((id) => id !== null);
  const bsuid = given.find((id) => bsuidForm.test(id)) ?? null;
  const phone = ids.map((id) => id.replace(/^\+/, '')).find((id) => /^\d{5,20}$/.test(id)) ?? null;
  if (phone === null && bsuid === null) return null;
  return {
    phone,
    bsuid,
    name: text(profile['name']),
    username: text(profile['username'])?.replace(/^@/, '') ?? null,
  };
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}
