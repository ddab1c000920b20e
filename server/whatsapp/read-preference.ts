import type { PreferenceEvent } from './events.ts';
import { isObject, text } from './json.ts';
import { bsuidForm, type Contacts, longestName } from './read-message.ts';
import { readTimestamp } from './timestamp.ts';

const states = new Map([
  ['stop', 'out'],
  ['resume', 'in'],
  ['signup', 'in'],
] as const) as ReadonlyMap<string, 'out' | 'in'>;

/** One entry of `value.user_preferences`, or null when it is of another category, says nothing that we know, or names nobody. */
export function readPreference(
  entry: unknown,
  contacts: Contacts,
  phoneNumberId: string,
  arrival: Date,
): PreferenceEvent | null {
  if (!isObject(entry) || entry['category'] !== 'marketing_messages') return null;
  const value = text(entry['value']) ?? '';
  const state = states.get(value);
  const [waId, userId] = [text(entry['wa_id']), text(entry['user_id'])];
  const phone = waId !== null && /^\+?\d{5,20}$/.test(waId) ? waId.replace('+', '') : null;
  const bsuid = userId !== null && bsuidForm.test(userId) ? userId : null;
  if (state === undefined || (phone === null && bsuid === null)) return null;
  const contact = contacts.byId.get(waId) ?? contacts.byId.get(userId) ?? {};
  const profile = isObject(contact['profile']) ? contact['profile'] : {};
  const name = text(profile['name'])?.slice(0, longestName) ?? null;
  const username = text(profile['username'])?.slice(0, longestName) ?? null;
  const detail = text(entry['detail'])?.slice(0, 500);
  return {
    ...{ type: 'preference', phoneNumberId, person: { phone, bsuid, name, username }, state },
    at: readTimestamp(entry['timestamp'], arrival),
    words: detail === undefined ? value : `${value}: ${detail}`,
  };
}
