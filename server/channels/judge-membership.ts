import type { GraphReply } from '#server/whatsapp/graph-call.ts';
import { isObject, list, text } from '#server/whatsapp/json.ts';
import { failed, passed, type Verdict } from './check.ts';
import { judgeNoAnswer } from './refused.ts';

const whereTheIdsAre = [
  'Open developers.facebook.com, then My apps, your app, WhatsApp, API setup.',
  'Choose the number under From. Below it stand the Phone number ID and the WhatsApp Business account ID.',
];

/** Number 3: the number by its id, and the numbers of the account. */
export function judgeMembership(
  number: GraphReply,
  numbers: GraphReply,
  ids: { phoneNumberId: string; wabaId: string },
): Verdict {
  if (isMissing(numbers))
    return failed(
      'There is no such account for this token',
      `${ids.wabaId} is no WhatsApp Business account, or the token does not open it.`,
      [...whereTheIdsAre, 'If the id is right: assign the account to the system user, with Full control.'],
      'ids',
    );
  if (numbers.kind !== 'answer') return judgeNoAnswer('membership', numbers);
  const all = list(numbers.body['data']).filter(isObject);
  const at = all.findIndex(({ id }) => id === ids.phoneNumberId);
  if (at >= 0) {
    const name = text(all[at]?.['verified_name']);
    return passed('membership', [name, `number ${at + 1} of ${all.length}`].filter(Boolean).join(', '));
  }
  if (number.kind === 'unreachable') return judgeNoAnswer('membership', number);
  return failed(
    number.kind === 'answer' ? 'The number belongs to another account' : 'There is no such number',
    number.kind === 'answer'
      ? `Meta knows the number ${ids.phoneNumberId}, but not in the account ${ids.wabaId}.`
      : `The account ${ids.wabaId} has ${countOf(all.length)}, and none with the id ${ids.phoneNumberId}. The id is not the phone number itself.`,
    whereTheIdsAre,
    'ids',
  );
}

const isMissing = (reply: GraphReply) =>
  reply.kind === 'refused' && (reply.refusal.subcode === 33 || reply.refusal.code === 803);

const countOf = (count: number) => (count === 1 ? 'one number' : `${count} numbers`);
