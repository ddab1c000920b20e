import type { UserActor } from '#server/audit/record-audit.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { queueMail } from '#server/mail/send-mail.ts';
import { Refusal } from '#server/refusal.ts';
import { emailTaken } from './confirm-email.ts';
import { demandPassword } from './demand-password.ts';
import { changeEmailLetter } from './letters.ts';
import { type Limit, spendOrRefuse } from './limits.ts';
import { makeLink } from './links.ts';

const letters: Limit = { name: 'change of address', most: 5, seconds: 3600 };

/** Sends a link to the new address; until it is followed the old one stays. Throws Refusal. */
export async function askForEmailChange(
  { userId, ...from }: UserActor,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await demandPassword({ userId, address: from.address }, password);
  await spendOrRefuse({ limit: letters, of: userId });
  await asPlatform(async (tx) => {
    const user = await tx.db.user.findUniqueOrThrow({
      where: { id: userId },
      select: { email: true, name: true },
    });
    if (user.email === email)
      throw new Refusal('conflict', 'same-email', 'This is your address already. Type the new one.');
    if (await tx.db.user.findUnique({ where: { email }, select: { id: true } })) throw emailTaken();
    const link = await makeLink(tx, { userId, purpose: 'change-email', email });
    await queueMail(tx, changeEmailLetter(user.name, email, link));
  });
}

/** The old address stays: the link that was sent stops working. */
export async function dropEmailChange(userId: string): Promise<void> {
  await asPlatform(({ db }) => db.accountLink.deleteMany({ where: { userId, purpose: 'change-email' } }));
}
