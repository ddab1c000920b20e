import type { GraphReply } from '#server/whatsapp/graph-call.ts';
import { isObject, text } from '#server/whatsapp/json.ts';
import { failed, passed, type Verdict, warning } from './check.ts';
import { judgeNoAnswer } from './refused.ts';
import { askForReview, writeLess } from './remedies.ts';

/** How a number stands; `register` is the answer to an attempt to register it, where one was made before. */
export function judgeRegistration(number: GraphReply, register: GraphReply | null): Verdict {
  if (register?.kind === 'refused') return judgeRefusedRegistration(register);
  if (register?.kind === 'unreachable') return judgeNoAnswer('registration', register);
  if (number.kind !== 'answer') return judgeNoAnswer('registration', number);
  const status = text(number.body['status']) ?? 'UNKNOWN';
  if (number.body['platform_type'] === 'ON_PREMISE')
    return failed('The number runs elsewhere', 'It is on a server of its own (On-Premises API).', [
      'Migrate the number to the Cloud API, or choose another one.',
    ]);
  if (status === 'BANNED' || status === 'RESTRICTED')
    return failed('Meta has blocked the number', `Its status is ${status.toLowerCase()}.`, [
      ...askForReview,
      'Check again once it is lifted.',
    ]);
  if (status !== 'CONNECTED' && status !== 'FLAGGED')
    return failed(
      'The number is not registered yet',
      'Registering it takes a PIN of six digits. If two-step verification is on, it is that PIN; otherwise choose one and keep it.',
      [
        'Open WhatsApp Manager, then Account tools, Phone numbers, the number, Two-step verification.',
        'If you do not know the PIN, change it there.',
        'Enter it here. It is stored encrypted and never shown again.',
      ],
      'pin',
    );
  if (status === 'FLAGGED' || number.body['quality_rating'] === 'RED')
    return warning(
      'The number is registered, its quality is low',
      'People blocked or reported it lately.',
      writeLess,
    );
  if (number.body['account_mode'] === 'SANDBOX')
    return warning(
      'The number is a test number',
      'It reaches only the five people that are listed in Meta’s app, and is removed after 90 days.',
      ['To reach everybody, add a number of your own in WhatsApp Manager, and connect that one.'],
    );
  return passed('registration', `Connected, ${speedOf(number.body['throughput'])} messages a second`);
}

function judgeRefusedRegistration(reply: Extract<GraphReply, { kind: 'refused' }>): Verdict {
  switch (reply.refusal.code) {
    case 133005:
      return failed(
        'The PIN is wrong',
        'The number has two-step verification with another PIN. After several wrong ones Meta takes none for a while.',
        [
          'Open WhatsApp Manager, then Account tools, Phone numbers, the number, Two-step verification.',
          'Choose Change PIN, and enter the new one here.',
        ],
        'pin',
      );
    case 133006:
      return failed(
        'The number is not verified',
        'Meta has to call it or send it a text first, to see that it is yours.',
        [
          'Open WhatsApp Manager, then Account tools, Phone numbers, the number.',
          'Choose Verify, and enter the code that comes by text or call.',
          'Check again here.',
        ],
      );
    case 133016:
      return failed(
        'The number was registered too often',
        'Meta takes ten attempts in 72 hours. Nothing is wrong with the number itself.',
        ['Wait until 72 hours after the first attempt, then check again.'],
      );
    case 133008:
    case 133009:
      return failed('Too many wrong PINs', 'Meta takes none for a while.', [
        'Wait an hour, then check again.',
      ]);
    default:
      return judgeNoAnswer('registration', reply);
  }
}

/** Meta's words for its speeds. */
function speedOf(throughput: unknown): string {
  return isObject(throughput) && throughput['level'] === 'HIGH' ? '1,000' : '80';
}
