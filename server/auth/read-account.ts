import { asPlatform } from '#server/db/as-platform.ts';
import { mailWay } from '#server/mail/mail-way.ts';
import { isSecondFactorDemanded } from './second-factor.ts';

/** What somebody sees of their own login. */
export async function readAccount(userId: string) {
  const user = await asPlatform(({ db }) =>
    db.user.findUniqueOrThrow({
      where: { id: userId },
      select: {
        ...{ name: true, email: true, emailConfirmedAt: true, totpOnAt: true, superadmin: true },
        links: { where: { purpose: 'change-email', expiresAt: { gt: new Date() } }, select: { email: true } },
        _count: { select: { recoveryCodes: true } },
      },
    }),
  );
  return {
    name: user.name,
    email: user.email,
    isConfirmed: user.emailConfirmedAt !== null,
    /** Where a link was sent that nobody has followed yet. */
    newEmail: user.links[0]?.email ?? null,
    secondFactor: {
      since: user.totpOnAt?.toISOString() ?? null,
      codesLeft: user._count.recoveryCodes,
      isDemanded: user.superadmin && isSecondFactorDemanded(),
    },
    canMail: mailWay() !== 'none',
  };
}
