import type { PlatformTx } from '#server/db/as-platform.ts';
import { env } from '#server/env.ts';
import { mailWay } from '#server/mail/mail-way.ts';
import { queueMail } from '#server/mail/send-mail.ts';

type Told = { id: string; slug: string; name: string; timeZone: string };
type Words = (tenant: Told, now: Date) => { subject: string; text: string; link: string };
type Deletion = { who: string; email: string; days: number; inside: boolean };

/** That the tenant is closed, until when it can be had back, and how. */
export const deletionLetter =
  ({ who, email, days, inside }: Deletion): Words =>
  ({ slug, name, timeZone }, now) => {
    const end = new Date(now.getTime() + days * 86_400_000);
    const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone }).format(end);
    return {
      subject: `${name} will be deleted on ${day}`,
      text: [
        `${who} (${email}) asked for ${name} to be deleted from Parley. Nobody can open it any more, the bot is silent and nothing is sent; messages that people write are still kept.`,
        `On ${day} all its conversations, people, numbers and files are erased for good.`,
        inside
          ? 'Until then any owner can take this back on the page below.'
          : `Until then it can be restored: write to ${email}.`,
      ].join('\n\n'),
      link: `${env().APP_URL}/suspended/${slug}`,
    };
  };

export const restoredLetter =
  (who: string): Words =>
  ({ slug, name }) => ({
    subject: `${name} is not deleted`,
    text: `${who} took the deletion of ${name} back. Everything in it is as it was.`,
    link: `${env().APP_URL}/t/${slug}/inbox`,
  });

/** A letter to each owner; last in the transaction. Where none can leave, the page alone tells it. */
export async function writeToOwners(
  tx: PlatformTx,
  tenant: Told,
  words: Words,
  now = new Date(),
): Promise<void> {
  if (mailWay() === 'none') return;
  const owners = await tx.db.member.findMany({
    where: { tenantId: tenant.id, role: 'owner' },
    select: { user: { select: { email: true } } },
    orderBy: { userId: 'asc' },
  });
  for (const { user } of owners)
    await queueMail(tx, { to: user.email, ...words(tenant, now), tenantId: tenant.id });
}
