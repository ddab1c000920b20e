import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { env } from '#server/env.ts';
import { mailWay } from '#server/mail/mail-way.ts';
import { queueMail } from '#server/mail/send-mail.ts';
import { Refusal } from '#server/refusal.ts';

type Ask = {
  tenantId: string;
  /** What they need, in their own words. */
  words: string;
  actor: UserActor;
  email: string;
};

/** Tells those who sell capacity that a tenant needs more: a letter to each, once a day. Throws Refusal. */
export async function askForMore({ tenantId, words, actor, email }: Ask, now = new Date()): Promise<void> {
  await asPlatform(async (tx) => {
    const tenant = await tx.db.tenant.findUniqueOrThrow({
      where: { id: tenantId },
      select: { name: true, slug: true, tier: { select: { name: true } } },
    });
    await demandFirstToday(tx, tenantId, now);
    await recordAudit(tx, {
      ...{ tenantId, actor, action: 'quota.asked', subject: tenant.name },
      details: { words },
    });
    if (mailWay() === 'none') return;
    const sellers = await tx.db.user.findMany({
      where: { superadmin: true },
      select: { email: true },
      orderBy: { id: 'asc' },
    });
    const letter = {
      subject: `${tenant.name} asks for more`,
      text: [
        `${actor.name} (${email}) of ${tenant.name} asks for more than the tier ${tenant.tier?.name ?? 'none'} grants:`,
        words,
      ].join('\n\n'),
      link: `${env().APP_URL}/admin/tenants/${tenant.slug}`,
    };
    for (const seller of sellers) await queueMail(tx, { to: seller.email, ...letter });
  });
}

async function demandFirstToday({ db }: PlatformTx, tenantId: string, now: Date) {
  // Two at once come one after the other.
  await db.$queryRaw`select from tenants where id = ${tenantId}::uuid for no key update`;
  const since = new Date(now.getTime() - 24 * 3_600_000);
  const [known] = await db.$queryRaw<unknown[]>`
    select from audit where tenant_id = ${tenantId}::uuid and action = 'quota.asked' and at > ${since}::timestamptz limit 1`;
  if (known)
    throw new Refusal(
      'too-many',
      'asked',
      'You have asked within the last 24 hours. Whoever runs this installation has the letter.',
    );
}
