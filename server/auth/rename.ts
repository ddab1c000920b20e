import { asPlatform } from '#server/db/as-platform.ts';

/** What others call somebody from now on. */
export async function rename(userId: string, name: string): Promise<void> {
  await asPlatform(({ db }) =>
    db.user.update({ where: { id: userId }, data: { name }, select: { id: true } }),
  );
}
