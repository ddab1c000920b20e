import type { TenantTx } from '#server/db/with-tenant.ts';
import { env } from '#server/env.ts';
import { mailWay } from '#server/mail/mail-way.ts';
import { queueMail } from '#server/mail/send-mail.ts';
import { type ChannelRow, subjectOf } from './find-tenants-channel.ts';
import type { Health } from './judge-health.ts';
import { wordsOfProblem } from './problems.ts';

/** A letter to each owner that a channel broke, or is well again. Where no letter can leave the page alone tells it. */
export async function tellOwners(
  tx: TenantTx,
  channel: ChannelRow,
  what: 'broke' | 'well',
  { problem, details }: Health,
): Promise<void> {
  if (mailWay() === 'none') return;
  const { db, tenantId } = tx;
  const tenant = await db.tenant.findFirstOrThrow({
    where: { id: tenantId },
    select: { slug: true, name: true },
  });
  const owners = await db.member.findMany({
    where: { tenantId, role: 'owner' },
    select: { user: { select: { email: true } } },
    orderBy: { userId: 'asc' },
  });
  const number = `${channel.name} (${subjectOf(channel)})`;
  const words = wordsOfProblem(problem);
  const letter =
    what === 'well'
      ? {
          subject: `${channel.name} works again`,
          text: `The WhatsApp number ${number} of ${tenant.name} works again. There is nothing to do.`,
        }
      : {
          subject: `${channel.name} does not work: ${words?.title ?? 'see what is wrong'}`,
          text: [
            `Something is wrong with the WhatsApp number ${number} of ${tenant.name}.`,
            `${words?.title ?? ''}.${details ? ` Meta says: ${details}` : ''}`,
            `What to do: ${words?.remedy ?? ''}`,
            'You will hear once more when it works again.',
          ].join('\n\n'),
        };
  const link = `${env().APP_URL}/t/${tenant.slug}/channels/${channel.key}`;
  for (const { user } of owners) await queueMail(tx, { to: user.email, ...letter, link });
}
