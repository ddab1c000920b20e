import { z } from 'zod';
import { asPlatform } from '#server/db/as-platform.ts';
import { env } from '#server/env.ts';
import { log } from '#server/log.ts';
import { signIns } from '#server/metrics.ts';
import { demoPassword } from './demo-logins.ts';
import { fitsPassword } from './passwords.ts';
import { checkSecondFactor } from './second-factor.ts';
import { beginSession } from './sessions.ts';
import { countSignIn } from './sign-in-limit.ts';

const credentials = z.object({
  email: z.string().trim().toLowerCase().min(3).max(254),
  password: z.string().min(1).max(200),
  /** Of the authenticator app, or a recovery code; asked for once the password fits. */
  code: z.string().trim().max(60).optional(),
});

/** Too many attempts; `seconds` until the next one counts. */
export class SignInLimited extends Error {
  constructor(seconds: number) {
    super(`RateLimited:${seconds}`);
  }
}

/** The password fits, and a code is wanted too, or the one that was given does not fit or was used before. */
export class SecondFactorWanted extends Error {
  constructor(given: boolean) {
    super(given ? 'WrongCode' : 'CodeWanted');
  }
}

/**
 * Checks a login and begins its session; null when e-mail and password do not match. Throws SignInLimited, and
 * SecondFactorWanted for who has one.
 */
export async function signIn(input: unknown, address: string, device: string) {
  const given = credentials.safeParse(input);
  if (!given.success) return null;
  const { email, password, code } = given.data;
  const wait = await countSignIn(address, email);
  if (wait > 0) throw limited(address, wait);
  const user = await asPlatform(({ db }) =>
    db.user.findFirst({
      where: { email },
      select: { id: true, email: true, name: true, passwordHash: true, totpOnAt: true },
    }),
  );
  const fits = await fitsPassword(user?.passwordHash, password);
  // Everybody knows the demo world's password: in production it opens nothing, unless that is what was asked for.
  const isDemo = password === demoPassword && env().NODE_ENV === 'production' && env().PARLEY_DEMO !== '1';
  if (!user || !fits || isDemo) {
    signIns.inc({ outcome: 'wrong' });
    // Not the e-mail: some type their password there.
    log().info({ address, why: 'wrong', user: user?.id }, 'sign-in refused');
    return null;
  }
  if (user.totpOnAt) {
    const opens = code ? await checkSecondFactor(user.id, code) : false;
    if (typeof opens === 'object') throw limited(address, opens.wait);
    if (!opens) {
      if (code) signIns.inc({ outcome: 'wrong' });
      throw new SecondFactorWanted(Boolean(code));
    }
  }
  signIns.inc({ outcome: 'right' });
  const sid = await beginSession(user.id, device, new Date(), address === 'unknown' ? null : address);
  log().info({ address, user: user.id }, 'signed in');
  return { id: user.id, email: user.email, name: user.name, sid };
}

function limited(address: string, seconds: number) {
  signIns.inc({ outcome: 'limited' });
  log().info({ address, why: 'limited', seconds }, 'sign-in refused');
  return new SignInLimited(seconds);
}
