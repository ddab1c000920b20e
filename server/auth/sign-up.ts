import { recordAudit } from '#server/audit/record-audit.ts';
import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { demandMail } from '#server/mail/mail-way.ts';
import { queueMail } from '#server/mail/send-mail.ts';
import { Refusal } from '#server/refusal.ts';
import { confirmLetter } from './letters.ts';
import { type Limit, neighbourhood, spendOrRefuse } from './limits.ts';
import { makeLink } from './links.ts';
import { demandGoodPassword } from './password-rules.ts';
import { hashPassword } from './passwords.ts';

type From = { address: string | null; device: string };

const perAddress: Limit = { name: 'sign-up', most: 100, seconds: 3600 };

/**
 * Makes a login of a stranger, whose address is to be confirmed by letter. Throws Refusal: `password`, `email-taken`,
 * `no-mail`, `too-many`.
 */
export async function signUp(
  { name, email, password }: { name: string; email: string; password: string },
  from: From,
): Promise<void> {
  await spendOrRefuse({ limit: perAddress, of: neighbourhood(from.address ?? 'unknown') });
  demandMail();
  demandGoodPassword(password, email);
  const passwordHash = await hashPassword(password);
  await asPlatform(async (tx) => {
    const userId = await addLogin(tx, { name, email, passwordHash });
    const actor = { userId, name, ...from };
    await recordAudit(tx, { tenantId: null, actor, action: 'account.signed-up', subject: email });
    const link = await makeLink(tx, { userId, purpose: 'confirm', email });
    await queueMail(tx, confirmLetter({ name, email }, link));
  });
}

/** A new login's id. Throws Refusal `email-taken`, also for the second of two at once. */
async function addLogin(
  { db }: PlatformTx,
  login: { name: string; email: string; passwordHash: string },
): Promise<string> {
  const id = newId();
  const { count } = await db.user.createMany({ data: { id, ...login }, skipDuplicates: true });
  if (count === 0)
    throw new Refusal(
      'conflict',
      'email-taken',
      'There is a login with this address already. Sign in, or set a new password if yours is lost.',
    );
  return id;
}
