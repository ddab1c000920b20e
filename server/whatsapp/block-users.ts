import { callGraph } from './graph-call.ts';
import { isObject, list } from './json.ts';

export type BlockOutcome = { kind: 'done' } | { kind: 'refused'; why: string };

// Meta's codes of its Block API.
const whys = new Map([
  [139100, 'WhatsApp could not do it for this person. Try again in a minute.'],
  [139101, 'The list of blocked people is full: it holds 64,000. Unblock some first.'],
  [139102, 'WhatsApp is changing the list at this moment. Try again in a minute.'],
  [139103, 'WhatsApp could not do it at this moment. Try again in a minute.'],
  [131047, 'WhatsApp lets a business block only who wrote to it within the last 24 hours.'],
]);

/** Blocks or unblocks one person (digits with +, or a business-scoped id) at one number. Never throws. */
export async function blockUser(
  { phoneNumberId, accessToken }: { phoneNumberId: string; accessToken: string },
  user: { phone: string | null; bsuid: string | null },
  method: 'POST' | 'DELETE',
): Promise<BlockOutcome> {
  const who = user.phone === null ? { user_id: user.bsuid } : { user: `+${user.phone.replace(/^\+/, '')}` };
  const reply = await callGraph(`${phoneNumberId}/block_users`, {
    method,
    token: accessToken,
    body: { messaging_product: 'whatsapp', block_users: [who] },
  });
  if (reply.kind === 'unreachable')
    return { kind: 'refused', why: `WhatsApp could not be reached (${reply.why}). Try again in a minute.` };
  if (reply.kind === 'refused')
    return { kind: 'refused', why: whyNot(reply.refusal.code, reply.refusal.message) };
  const answer = isObject(reply.body['block_users']) ? reply.body['block_users'] : {};
  const [failed] = list(answer['failed_users']).filter(isObject);
  if (!failed) return { kind: 'done' };
  const [error] = list(failed['errors']).filter(isObject);
  return { kind: 'refused', why: whyNot(Number(error?.['code']), String(error?.['message'] ?? '')) };
}

const whyNot = (code: number | null, message: string) =>
  whys.get(code ?? 0) ?? `WhatsApp refused: ${message || 'it gave no reason'}`;
