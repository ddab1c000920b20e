import { addUser } from '#prisma/add-tenant.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { askPassword } from './ask-password.ts';
import type { Options } from './read-options.ts';
import type { Ask } from './secrets.ts';

/** Makes the login superadmin of this installation; somebody who has a login already keeps its password. */
export async function setUpSuperadmin({ email, name }: Options<'superadmin'>, ask: Ask): Promise<string[]> {
  const user = await asPlatform(({ db }) =>
    db.user.findFirst({ where: { email }, select: { id: true, superadmin: true } }),
  );
  if (user?.superadmin) return [`${email} is a superadmin already; nothing was changed.`];
  if (user) {
    await asPlatform(({ db }) => db.user.update({ where: { id: user.id }, data: { superadmin: true } }));
    return [`${email}, who had a login already, is a superadmin now. The password stays.`];
  }
  const password = await askPassword(ask, email);
  await asPlatform((tx) => addUser(tx, { email, name, password, superadmin: true }));
  return [`${email} is a superadmin now.`];
}
