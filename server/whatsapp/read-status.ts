import type { MetaFailure, Rung, StatusEvent } from './events.ts';
import { isObject, list, longestWamid, text } from './json.ts';
import { readTimestamp } from './timestamp.ts';

const rungs = new Map<string, Rung>([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  // A voice note that was played was read.
  ['played', 'read'],
  ['failed', 'failed'],
]);

/** One entry of `value.statuses`, or null when it has no id or a status word that we do not know. */
export function readStatus(status: unknown, phoneNumberId: string, arrival: Date): StatusEvent | null {
  if (!isObject(status)) return null;
  const wamid = text(status['id']);
  const rung = rungs.get(text(status['status']) ?? '');
  if (wamid === null || wamid.length > longestWamid || rung === undefined) return null;
  return {
    type: 'status',
    phoneNumberId,
    wamid,
    rung,
    at: readTimestamp(status['timestamp'], arrival),
    failure: rung === 'failed' ? readFailure(list(status['errors'])[0]) : null,
    pricing: readPricing(status['pricing']),
    callbackData: text(status['biz_opaque_callback_data']),
  };
}

// Meta's words, of which it makes new ones; anything longer is none of them.
const priceWord = /^[a-z_-]{1,40}$/;

function readPricing(pricing: unknown): StatusEvent['pricing'] {
  if (!isObject(pricing)) return null;
  const [category, type] = [text(pricing['category']), text(pricing['type']) ?? 'regular'];
  return category !== null && priceWord.test(category) && priceWord.test(type) ? { category, type } : null;
}

/** Meta's error object, as it stands in a failed status and in the Graph API's answers. */
export function readFailure(error: unknown): MetaFailure {
  const given = isObject(error) ? error : {};
  const data = isObject(given['error_data']) ? given['error_data'] : {};
  const code = Number(given['code']);
  return {
    code: Number.isInteger(code) && given['code'] !== null && given['code'] !== undefined ? code : null,
    title: text(given['title']) ?? text(given['message']) ?? 'No reason was given',
    details: text(data['details']) ?? text(given['message']),
  };
}
