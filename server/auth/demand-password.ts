import { asPlatform } from '#server/db/as-platform.ts';
import { Refusal } from '#server/refusal.ts';
import { type Limit, neighbourhood, spendOrRefuse } from './limits.ts';
import { fitsPassword } from './passwords.ts';

const tries: Limit = { name: 'own password', most: 20, seconds: 600 };

/** Asks who is signed in for their password once more. Throws Refusal `wrong-password`, or `too-many`. */
export async function demandPassword(
  { userId, address }: { userId: string; address: string | null },
  password: string,
): Promise<void> {
  await spendOrRefuse({ limit: tries, of: `${neighbourhood(address ?? 'unknown')} ${userId}` });
  const user = await asPlatform(({ db }) =>
    db.user.findUnique({ where: { id: userId }, select: { passwordHash: true } }),
  );
  if (!(await fitsPassword(user?.passwordHash, password)))
    throw new Refusal('not-allowed', 'wrong-password', 'This is not your password. Check it and try again.');
}
