import type { GraphReply } from '#server/whatsapp/graph-call.ts';
import { type CheckName, failed, titles, type Verdict } from './check.ts';
import { makeToken } from './remedies.ts';

type NoAnswer = Exclude<GraphReply, { kind: 'answer' }>;

// Passing troubles of Meta's own, and too many questions: later is another matter.
export const passing: ReadonlySet<number> = new Set([
  1, 2, 4, 17, 32, 341, 613, 80_007, 131_000, 131_016, 133_004,
]);

/** A new token, and the field below. */
export const newTokenSteps = [
  ...makeToken(),
  'Paste the new token here. It is stored encrypted and never shown again.',
];

/** What a question that was not answered means, whatever check it was asked for. */
export function judgeNoAnswer(check: CheckName, reply: NoAnswer): Verdict {
  if (reply.kind === 'unreachable') return unreachable(check, `Meta did not answer (${reply.why}).`);
  const { code, subcode, message, status } = reply.refusal;
  if (code !== null && passing.has(code)) return unreachable(check, `Meta is busy: ${message}`);
  if (status === 429 || status >= 500) return unreachable(check, `Meta has a problem: ${message}`);
  if (code === 190)
    return failed(
      subcode === 463 ? 'The token has expired' : 'Meta does not accept the token',
      `Meta says: ${message}`,
      newTokenSteps,
      'token',
    );
  if (code === 10 || code === 3 || (code !== null && code >= 200 && code < 300))
    return failed('The token lacks a permission', `Meta says: ${message}`, newTokenSteps, 'token');
  return failed(`${titles[check]}: not yet`, `Meta says: ${message} (code ${code ?? 'none'})`, [
    'See what WhatsApp Manager says about the number and the account, then check again.',
  ]);
}

const unreachable = (check: CheckName, why: string): Verdict => ({
  state: 'unreachable',
  title: titles[check],
  detail: `${why} Nothing was changed; check again in a minute.`,
  steps: [],
  mend: null,
});
