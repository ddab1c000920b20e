import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { mailWay } from '#server/mail/mail-way.ts';
import { queueMail } from '#server/mail/send-mail.ts';
import { demandPassword } from './demand-password.ts';
import { passwordChangedLetter } from './letters.ts';
import { dropLinks } from './links.ts';
import { demandGoodPassword } from './password-rules.ts';
import { hashPassword } from './passwords.ts';
import { revokeSessions } from './sessions.ts';

/** Changes the password of who is signed in, and ends their sessions on all other devices. Throws Refusal. */
export async function changePassword(
  actor: UserActor,
  { sid, email }: { sid: string; email: string },
  { password, newPassword }: { password: string; newPassword: string },
): Promise<void> {
  await demandPassword(actor, password);
  demandGoodPassword(newPassword, email);
  const passwordHash = await hashPassword(newPassword);
  await asPlatform(async (tx) => {
    await recordAudit(tx, { tenantId: null, actor, action: 'account.password-changed' });
    await setPassword(tx, actor.userId, passwordHash, sid);
  });
}

/** Stores it, ends every session but one, makes all links that were sent useless, and tells the login's owner. */
export async function setPassword(
  tx: PlatformTx,
  userId: string,
  passwordHash: string,
  keepSession?: string,
): Promise<void> {
  const person = await tx.db.user.update({
    where: { id: userId },
    data: { passwordHash },
    select: { name: true, email: true, emailConfirmedAt: true },
  });
  await dropLinks(tx, userId);
  await revokeSessions(tx, userId, keepSession);
  if (mailWay() !== 'none' && person.emailConfirmedAt) await queueMail(tx, passwordChangedLetter(person));
}
