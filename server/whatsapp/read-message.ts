import type { InboundEvent, Person } from './events.ts';
import { isObject, list, longestWamid, text } from './json.ts';
import { placeInSecond, readTimestamp } from './timestamp.ts';

type Json = Record<string, unknown>;

// PostgreSQL's stack and JSON.stringify's both end somewhere; nothing that a person sends is nested like this.
const deepest = 50;
// WhatsApp's own names end at 25 characters; whoever signs with an app's secret could send a book.
export const longestName = 256;
// A business-scoped user id: ISO country, a dot, and letters or digits; ".ENT" for a parent of several portfolios.
export const bsuidForm = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** The people of a change, by number and by business-scoped id; `only` where there is but one. */
export type Contacts = { byId: Map<unknown, Json>; only: Json | undefined };

export function readContacts(contacts: unknown[]): Contacts {
  const people = contacts.filter(isObject);
  // The first one counts where two have the same id.
  const byId = new Map(
    people.toReversed().flatMap((one) => [[one['wa_id'], one] as const, [one['user_id'], one] as const]),
  );
  return { byId, only: people.length === 1 ? people[0] : undefined };
}

/** One entry of `value.messages`, or null when it has no id, no type or nobody who wrote it, or comes from a group. */
export function readMessage(
  message: unknown,
  contacts: Contacts,
  phoneNumberId: string,
  arrival: Date,
): InboundEvent | null {
  if (!isObject(message) || text(message['group_id']) !== null) return null;
  const wamid = text(message['id']);
  const type = text(message['type']);
  const writer = readPerson(message, contacts);
  if (
    wamid === null ||
    wamid.length > longestWamid ||
    type === null ||
    writer === null ||
    isDeeper(message, deepest)
  )
    return null;
  const context = isObject(message['context']) ? message['context'] : {};
  return {
    type: 'message',
    phoneNumberId,
    ...whoIsIt(type, message, writer),
    wamid,
    at: placeInSecond(readTimestamp(message['timestamp'], arrival), arrival),
    quotedWamid: text(context['id']),
    ...readContent(type, message),
  };
}

/**
 * WhatsApp's notice that a person has another number (the old one is in `from`) or another business-scoped id: from now
 * on they are who it says.
 */
function whoIsIt(type: string, message: Json, writer: Person): Pick<InboundEvent, 'person' | 'formerPhone'> {
  const system = type === 'system' && isObject(message['system']) ? message['system'] : {};
  const what = text(system['type']);
  if (what !== 'user_changed_number' && what !== 'user_changed_user_id') return { person: writer };
  const phone = phoneIn([text(system['wa_id'])]);
  const bsuid = bsuidIn([text(system['user_id'])]) ?? (phone === null ? writer.bsuid : null);
  const person = { ...writer, phone: phone ?? writer.phone, bsuid };
  return phone !== null && writer.phone !== null && phone !== writer.phone
    ? { person, formerPhone: writer.phone }
    : { person };
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
  if (type === 'system') return { kind: type, body: text(part['body']) ?? '', content: message };
  return { kind: type, body: wordsOf(part, message[type]), content: message };
}

/** What can be read of a message of another kind, until it has its own bubble: caption, file's and place's names, people. */
function wordsOf(part: Json, whole: unknown): string {
  const people = list(whole).flatMap((one) =>
    isObject(one) && isObject(one['name']) ? [one['name']['formatted_name']] : [],
  );
  return [
    part['caption'],
    part['filename'],
    part['name'],
    part['address'],
    part['text'],
    part['emoji'],
    ...people,
  ]
    .filter((word) => typeof word === 'string' && word !== '')
    .join(' · ');
}

function readPerson(message: Json, contacts: Contacts): Person | null {
  const ids = [text(message['from']), text(message['from_user_id'])].filter((id) => id !== null);
  const contact = ids.map((id) => contacts.byId.get(id)).find(Boolean) ?? contacts.only;
  const profile = isObject(contact?.['profile']) ? contact['profile'] : {};
  // A business-scoped id was seen in the place of the number, too.
  const bsuid = bsuidIn([...ids, text(contact?.['user_id'])]);
  const phone = phoneIn(ids);
  if (phone === null && bsuid === null) return null;
  return {
    phone,
    bsuid,
    name: text(profile['name'])?.slice(0, longestName) ?? null,
    username: text(profile['username'])?.replace(/^@/, '').slice(0, longestName) ?? null,
  };
}

const bsuidIn = (ids: (string | null)[]) => ids.find((id) => id !== null && bsuidForm.test(id)) ?? null;

const phoneIn = (ids: (string | null)[]) =>
  ids.map((id) => id?.replace(/^\+/, '') ?? '').find((id) => /^\d{5,20}$/.test(id)) ?? null;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}
