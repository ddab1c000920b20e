import { recordAudit } from '#server/audit/record-audit.ts';
import { demandGoodPassword } from '#server/auth/password-rules.ts';
import { hashPassword } from '#server/auth/passwords.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { Refusal } from '#server/refusal.ts';
import type { From } from '#server/trpc/context.ts';
import { join } from './accept-invitation.ts';
import { assertOpen, findInvitation } from './find-invitation.ts';

type SignUp = { token: string; name: string; password: string; from: From };

/**
 * Makes a login for the address that was invited, and takes the place. The link proves the address: nothing else has to
 * be confirmed. Returns the address to sign in with and where the place is. Throws Refusal.
 */
export async function signUpByInvitation({ token, name, password, from }: SignUp, now = new Date()) {
  // Before the work of hashing: a link that lets nobody in costs next to nothing.
  const { email } = await asPlatform(async (tx) => {
    const found = await findInvitation(tx, token);
    assertOpen(found, now);
    return found;
  });
  demandGoodPassword(password, email);
  const passwordHash = await hashPassword(password);
  return asPlatform(async (tx) => {
    const found = await findInvitation(tx, token, { lock: true });
    assertOpen(found, now);
    const userId = newId();
    const actor = { userId, name, ...from };
    const { count } = await tx.db.user.createMany({
      data: { id: userId, email, name, passwordHash, emailConfirmedAt: now },
      skipDuplicates: true,
    });
    if (count === 0)
      throw new Refusal(
        'conflict',
        'has-login',
        `${email} has a login already. Sign in with it to join ${found.tenant}.`,
      );
    await recordAudit(tx, { tenantId: null, actor, action: 'account.signed-up', subject: email });
    await join(tx, found, actor, now);
    return { email, slug: found.slug };
  });
}
