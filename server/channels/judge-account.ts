import type { GraphReply } from '#server/whatsapp/graph-call.ts';
import { text } from '#server/whatsapp/json.ts';
import { failed, passed, type Verdict, warning } from './check.ts';
import { judgeNoAnswer } from './refused.ts';

/** Number 4: how the WhatsApp Business account stands. */
export function judgeAccount(account: GraphReply): Verdict {
  if (account.kind !== 'answer') return judgeNoAnswer('account', account);
  const review = text(account.body['account_review_status']) ?? 'unknown';
  const verification = text(account.body['business_verification_status']) ?? 'unknown';
  if (review === 'PENDING')
    return failed('Meta still reviews the business', 'This takes up to a day, seldom longer.', [
      'Open WhatsApp Manager, then Overview: what Meta still wants to know stands there.',
      'Check again once the account is approved.',
    ]);
  if (review !== 'APPROVED')
    return failed(
      'Meta has not approved the business',
      `Meta’s review of the account ended with ${review.toLowerCase()}.`,
      [
        'Open Meta Business settings, then Security center or Business support, and see the reason.',
        'Choose Request review, and check again once it is approved.',
      ],
    );
  if (verification === 'verified') return passed('account', 'Approved, business verified');
  return warning(
    'Meta has approved the business, not verified it',
    'Messages work. Until the business is verified, you may begin 250 conversations a day.',
    ['Open Meta Business settings, then Security center, and choose Start verification.'],
  );
}
