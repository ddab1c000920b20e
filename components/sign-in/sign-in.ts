import { getCsrfToken, signIn as nextAuthSignIn } from 'next-auth/react';
import { type Problem, problemOf } from './problem.ts';

/** Asks for a session; null when there is one. The address in the answer is ignored: it may name another host than this page's. */
export async function signIn(email: string, password: string, code?: string): Promise<Problem | null> {
  try {
    // Without an answer to this the library would leave the page for its own.
    if (!(await getCsrfToken())) return { kind: 'unreachable' };
    const answer = await nextAuthSignIn('credentials', {
      ...{ email, password, redirect: false },
      ...(code && { code }),
    });
    if (answer?.error) return problemOf(answer.error);
    return answer?.ok ? null : { kind: 'unknown' };
  } catch {
    return { kind: 'unknown' };
  }
}
