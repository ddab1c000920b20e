import { recordAudit } from '#server/audit/record-audit.ts';
import { dropLinks } from '#server/auth/links.ts';
import { hashPassword } from '#server/auth/passwords.ts';
import { clearSecondFactor, forgetWrongCodes } from '#server/auth/second-factor.ts';
import { revokeSessions } from '#server/auth/sessions.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { Refusal } from '#server/refusal.ts';
import { askPassword } from './ask-password.ts';
import type { Options } from './read-options.ts';
import type { Ask } from './secrets.ts';
import { setupActor } from './setup-actor.ts';

/** Lets somebody in who cannot get in any more: a new password, no second factor, every device signed out. */
export async function setUpLogin({ email }: Options<'login'>, ask: Ask): Promise<string[]> {
  const user = await asPlatform(({ db }) => db.user.findFirst({ where: { email }, select: { id: true } }));
  if (!user) throw new Refusal('not-found', 'login', `There is no login ${email}.`);
  const passwordHash = await hashPassword(await askPassword(ask, email));
  await asPlatform(async (tx) => {
    await clearSecondFactor(tx, user.id);
    await tx.db.user.update({
      where: { id: user.id },
      data: { passwordHash, emailConfirmedAt: new Date() },
      select: { id: true },
    });
    await dropLinks(tx, user.id);
    await revokeSessions(tx, user.id);
    await recordAudit(tx, {
      ...{ tenantId: null, actor: setupActor(), action: 'account.let-in-again', subject: email },
    });
  });
  await forgetWrongCodes(user.id);
  return [`${email} signs in with the new password alone; every device was signed out.`];
}
