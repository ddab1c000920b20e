import { addTenant, addUser } from '#prisma/add-tenant.ts';
import { recordAudit } from '#server/audit/record-audit.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { askPassword } from './ask-password.ts';
import type { Options } from './read-options.ts';
import type { Ask } from './secrets.ts';
import { setupActor } from './setup-actor.ts';
import { starterScript } from './starter-script.ts';

/** Makes a tenant with its owner and a first script; of both, what is there already stays as it is. */
export async function setUpTenant(options: Options<'tenant'>, ask: Ask): Promise<string[]> {
  const { slug, name, 'owner-email': email, 'owner-name': ownerName, 'time-zone': timeZone } = options;
  const [tenant, user, member] = await asPlatform(async ({ db }) => [
    await db.tenant.findFirst({ where: { slug }, select: { id: true } }),
    await db.user.findFirst({ where: { email }, select: { id: true } }),
    await db.member.findFirst({ where: { tenant: { slug }, user: { email } }, select: { role: true } }),
  ]);
  const password = user ? undefined : await askPassword(ask, email);

  await asPlatform(async (tx) => {
    const userId =
      password === undefined ? user?.id : await addUser(tx, { email, name: ownerName, password });
    const tenantId =
      tenant?.id ??
      (await addTenant(tx, {
        ...{ slug, name, timeZone, script: starterScript(name), members: [], channels: [] },
      }));
    const entry = { tenantId, actor: setupActor() };
    if (!tenant) await recordAudit(tx, { ...entry, action: 'tenant.created', subject: name });
    if (!userId || member) return;
    await tx.db.member.create({ data: { tenantId, userId, role: 'owner' } });
    await recordAudit(tx, { ...entry, action: 'member.added', subject: email, details: { role: 'owner' } });
  });
  return [
    tenant ? `The tenant ${slug} was there already; it stays as it is.` : `The tenant ${slug} is there.`,
    member
      ? `${email} is a member of it already (${member.role}).`
      : `${email} is its owner${user ? ', with the login and password they had' : ''}.`,
  ];
}
