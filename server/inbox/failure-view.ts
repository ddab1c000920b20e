import { z } from 'zod';
import { adviceFor } from '#server/whatsapp/failures.ts';
import type { FailureView } from './views.ts';

const stored = z.object({
  reason: z.string().optional(),
  code: z.number().nullable().catch(null),
  title: z.string().catch(''),
  details: z.string().nullable().catch(null),
});

/** What the ledger knows of a failure, in words with a next step. A code that we do not know keeps Meta's own text. */
export function failureView(failure: unknown): FailureView | null {
  const known = stored.safeParse(failure);
  if (!known.success) return null;
  const { reason, code, title, details } = known.data;
  if (reason === 'withdrawn')
    return {
      title: 'Not sent: a person took over first',
      remedy: 'Write it yourself if it is still needed.',
      code,
      details,
    };
  if (reason === 'opted-out')
    return {
      title: 'Not sent: this person wants no messages',
      remedy: 'Answer when they write again.',
      code,
      details,
    };
  if (reason === 'blocked')
    return { title: 'Not sent: this person is blocked', remedy: 'Unblock them first.', code, details };
  if (reason === 'suspended')
    return { title: 'Not sent: the tenant was suspended', remedy: 'Send it again.', code, details };
  if (code === null) return { title: title || 'Not sent', remedy: 'Send it again.', code, details };
  const advice = adviceFor(code);
  return { title: advice.title, remedy: advice.remedy, code, details: details ?? title };
}
