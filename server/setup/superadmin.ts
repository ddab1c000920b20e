import { addUser } from '#prisma/add-tenant.ts';
import { recordAudit } from '#server/audit/record-audit.ts';
import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { askPassword } from './ask-password.ts';
import type { Options } from './read-options.ts';
import type { Ask } from './secrets.ts';
import { setupActor } from './setup-actor.ts';

/** Makes the login superadmin of this installation; somebody who has a login already keeps its password. */
export async function setUpSuperadmin({ email, name }: Options<'superadmin'>, ask: Ask): Promise<string[]> {
  const user = await asPlatform(({ db }) =>
    db.user.findFirst({ where: { email }, select: { id: true, superadmin: true } }),
  );
  if (user?.superadmin) return [`${email} is a superadmin already; nothing was changed.`];
  if (user) {
    await asPlatform(async (tx) => {
      await tx.db.user.update({ where: { id: user.id }, data: { superadmin: true } });
      await noteSuperadmin(tx, email);
    });
    return [`${email}, who had a login already, is a superadmin now. The password stays.`];
  }
  const password = await askPassword(ask, email);
  await asPlatform(async (tx) => {
    await addUser(tx, { email, name, password, superadmin: true });
    await noteSuperadmin(tx, email);
  });
  return [`${email} is a superadmin now.`];
}

const noteSuperadmin = (tx: PlatformTx, email: string) =>
  recordAudit(tx, { tenantId: null, actor: setupActor(), action: 'superadmin.granted', subject: email });
