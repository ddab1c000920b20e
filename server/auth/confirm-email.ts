import { recordAudit } from '#server/audit/record-audit.ts';
import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { sqlState } from '#server/db/sql-state.ts';
import { queueMail } from '#server/mail/send-mail.ts';
import { Refusal } from '#server/refusal.ts';
import { confirmLetter, emailChangedLetter } from './letters.ts';
import { type Limit, spendOrRefuse } from './limits.ts';
import { dropLinks, type Link, makeLink, takeLink } from './links.ts';

type From = { address: string | null; device: string };

const letters: Limit = { name: 'confirmation letters', most: 5, seconds: 3600 };

/** Sends the letter once more; nothing happens where the address is confirmed already. */
export async function sendConfirmation(userId: string): Promise<void> {
  await spendOrRefuse({ limit: letters, of: userId });
  await asPlatform(async (tx) => {
    const user = await tx.db.user.findUniqueOrThrow({
      where: { id: userId },
      select: { name: true, email: true, emailConfirmedAt: true },
    });
    if (user.emailConfirmedAt) return;
    const link = await makeLink(tx, { userId, purpose: 'confirm', email: user.email });
    await queueMail(tx, confirmLetter(user, link));
  });
}

/** Takes a letter's link: the address is confirmed, or becomes the login's. Throws Refusal `link`, `email-taken`. */
export async function confirmEmail(token: string, from: From): Promise<{ email: string }> {
  try {
    return await asPlatform(async (tx) => {
      const link = await takeLink(tx, token);
      if (link?.purpose === 'confirm') await confirm(tx, link);
      else if (link?.purpose === 'change-email') await change(tx, link, from);
      else throw deadLink();
      return { email: link.email };
    });
  } catch (error) {
    if (sqlState(error) === '23505') throw emailTaken();
    throw error;
  }
}

/** An address that was changed meanwhile is not the one that the letter reached. */
async function confirm({ db }: PlatformTx, { userId, email }: Link) {
  const confirmed = await db.$executeRaw`
    update users set email_confirmed_at = coalesce(email_confirmed_at, now()) where id = ${userId}::uuid and email = ${email}`;
  if (confirmed === 0) throw deadLink();
}

async function change(tx: PlatformTx, { userId, email, name }: Link, from: From) {
  const before = await tx.db.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } });
  await tx.db.user.update({
    where: { id: userId },
    data: { email, emailConfirmedAt: new Date() },
    select: { id: true },
  });
  // What went to the old address opens nothing any more.
  await dropLinks(tx, userId);
  await recordAudit(tx, {
    ...{ tenantId: null, actor: { userId, name, ...from }, action: 'account.email-changed', subject: email },
    details: { before: before.email },
  });
  await queueMail(tx, emailChangedLetter({ name, email: before.email }, email));
}

export const deadLink = () =>
  new Refusal(
    'not-found',
    'link',
    'This link does not work any more: it was used, has run out, or a newer one was sent.',
  );

export const emailTaken = () =>
  new Refusal('conflict', 'email-taken', 'There is another login with this address already.');
