import { decode } from 'next-auth/jwt';
import { z } from 'zod';
import { env } from '#server/env.ts';
import { readSession, type SignedIn } from './sessions.ts';

const tokenForm = z.object({ sid: z.uuid() });

/** The cookie that next-auth sets; over https it has the prefix that browsers hold to Secure. */
const cookieName = () => `${env().APP_URL.startsWith('https:') ? '__Secure-' : ''}next-auth.session-token`;

/**
 * Who is signed in, or undefined; `cookie` reads one cookie of the request. Asks for the session's row each time, so a
 * revoked one is nobody's.
 */
export async function currentUser(
  cookie: (name: string) => string | undefined,
): Promise<SignedIn | undefined> {
  const token = cookie(cookieName());
  if (!token) return undefined;
  const claims = await decode({ token, secret: env().AUTH_SECRET }).catch(() => null);
  const known = tokenForm.safeParse(claims);
  return known.success ? readSession(known.data.sid) : undefined;
}
