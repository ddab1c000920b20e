import { setTimeout as sleep } from 'node:timers/promises';
import { recordAudit } from '#server/audit/record-audit.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { demandMail } from '#server/mail/mail-way.ts';
import { queueMail } from '#server/mail/send-mail.ts';
import { setPassword } from './change-password.ts';
import { deadLink } from './confirm-email.ts';
import { resetLetter } from './letters.ts';
import { type Limit, neighbourhood, spend, spendOrRefuse } from './limits.ts';
import { makeLink, readLink, takeLink } from './links.ts';
import { demandGoodPassword } from './password-rules.ts';
import { hashPassword } from './passwords.ts';
import { forgetWrongCodes } from './second-factor.ts';

type From = { address: string | null; device: string };

const perAddress: Limit = { name: 'reset', most: 100, seconds: 3600 };
const letters: Limit = { name: 'reset letters', most: 5, seconds: 3600 };

/** As long as the answer takes, whether there is a letter to write or not. Milliseconds. */
const answerAfter = 400;

/**
 * Sends a link to set a new password, if somebody has that address. The answer is the same if nobody has, and when its
 * owner was sent enough letters in this hour. Throws Refusal `too-many` (of the asking address), `no-mail`.
 */
export async function askForReset(email: string, from: From): Promise<void> {
  await spendOrRefuse({ limit: perAddress, of: neighbourhood(from.address ?? 'unknown') });
  demandMail();
  await Promise.all([sendLink(email), sleep(answerAfter)]);
}

async function sendLink(email: string) {
  if ((await spend({ limit: letters, of: email })) > 0) return;
  await asPlatform(async (tx) => {
    const user = await tx.db.user.findUnique({ where: { email }, select: { id: true, name: true } });
    if (!user) return;
    const link = await makeLink(tx, { userId: user.id, purpose: 'reset', email });
    await queueMail(tx, resetLetter({ name: user.name, email }, link));
  });
}

/**
 * Sets a new password by a letter's link, which also shows that the address is right, and signs every device out.
 * Throws Refusal `link`, `password`.
 */
export async function resetPassword(
  { token, password }: { token: string; password: string },
  from: From,
): Promise<{ email: string }> {
  const known = await asPlatform((tx) => readLink(tx, token));
  if (known?.purpose !== 'reset') throw deadLink();
  // Before the link is used up: whoever chose badly chooses again.
  demandGoodPassword(password, known.email);
  const passwordHash = await hashPassword(password);
  const { userId, email } = await asPlatform(async (tx) => {
    const link = await takeLink(tx, token);
    if (link?.purpose !== 'reset') throw deadLink();
    const actor = { userId: link.userId, name: link.name, ...from };
    await recordAudit(tx, { tenantId: null, actor, action: 'account.password-reset' });
    const confirmed = await tx.db.$executeRaw`
      update users set email_confirmed_at = coalesce(email_confirmed_at, now())
      where id = ${link.userId}::uuid and email = ${link.email}`;
    if (confirmed === 0) throw deadLink();
    await setPassword(tx, link.userId, passwordHash);
    return link;
  });
  await forgetWrongCodes(userId);
  return { email };
}
