import { hashPassword } from '#server/auth/passwords.ts';
import type { Script } from '#server/bot/script.ts';
import { seal } from '#server/channels/seal.ts';
import type { PlatformTx } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import type { Role } from '#server/tenants/find-member.ts';

export type NewTenant = {
  slug: string;
  name: string;
  timeZone: string;
  members: { email: string; name: string; role: Role; password: string }[];
  channels: {
    key: string;
    name: string;
    phoneNumberId: string;
    displayPhoneNumber: string;
    wabaId: string;
    portfolioId: string;
    accessToken: string;
    botOn: boolean;
    /** A Meta app of the tenant's own; otherwise the platform's. */
    app?: { secret: string; verifyToken: string };
  }[];
  script: Script;
};

/** Makes a tenant with its members, channels and first script. Returns its id. */
export async function addTenant(
  { db }: PlatformTx,
  { slug, name, timeZone, members, channels, script }: NewTenant,
) {
  const tenantId = newId();
  const scriptId = newId();
  await db.tenant.create({ data: { id: tenantId, slug, name, timeZone } });
  for (const { email, name: person, role, password } of members) {
    const user = {
      id: newId(),
      email: email.toLowerCase(),
      name: person,
      passwordHash: await hashPassword(password),
    };
    await db.user.create({ data: user });
    await db.member.create({ data: { tenantId, userId: user.id, role } });
  }
  await db.script.create({ data: { tenantId, id: scriptId, name: 'Welcome' } });
  await db.scriptVersion.create({ data: { tenantId, id: newId(), scriptId, number: 1, script } });
  for (const { app, accessToken, ...channel } of channels)
    await db.channel.create({
      data: {
        tenantId,
        id: newId(),
        ...channel,
        scriptId,
        accessToken: seal(accessToken),
        ...(app && { appSecret: seal(app.secret), verifyToken: seal(app.verifyToken) }),
      },
    });
  return tenantId;
}
