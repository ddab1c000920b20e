import { hashPassword } from '#server/auth/passwords.ts';
import type { Script } from '#server/bot/script.ts';
import { channelSecret } from '#server/channels/channel-secret.ts';
import type { PlatformTx } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { seal } from '#server/secrets/seal.ts';
import type { Role } from '#server/tenants/roles.ts';

type NewUser = { email: string; name: string; superadmin?: boolean } & (
  | { password: string }
  | { passwordHash: string }
);
type NewChannel = {
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
};
export type NewTenant = {
  slug: string;
  name: string;
  timeZone: string;
  members: (NewUser & { role: Role })[];
  channels: NewChannel[];
  script: Script;
  /** The name of the tier that it is sold; none unless told, and so no quotas. */
  tier?: string;
};

/** Makes a tenant with its members, channels and first script. Returns its id. */
export async function addTenant(
  tx: PlatformTx,
  { slug, name, timeZone, members, channels, script, tier }: NewTenant,
) {
  const { db } = tx;
  const tenantId = newId();
  const scriptId = newId();
  const sold = tier === undefined ? null : await db.tier.findUniqueOrThrow({ where: { name: tier } });
  await db.tenant.create({ data: { id: tenantId, slug, name, timeZone, tierId: sold?.id ?? null } });
  for (const { role, ...user } of members)
    await db.member.create({ data: { tenantId, userId: await addUser(tx, user), role } });
  await db.script.create({ data: { tenantId, id: scriptId, name: 'Welcome' } });
  await db.scriptVersion.create({ data: { tenantId, id: newId(), scriptId, number: 1, script } });
  for (const channel of channels) await addChannel(tx, tenantId, scriptId, channel);
  return tenantId;
}

/** Makes a login that nobody has yet; whoever makes it knows that the address is right. Returns its id. */
export async function addUser({ db }: PlatformTx, { email, name, superadmin = false, ...login }: NewUser) {
  const id = newId();
  const passwordHash = 'password' in login ? await hashPassword(login.password) : login.passwordHash;
  await db.user.create({
    data: { id, email: email.toLowerCase(), name, superadmin, passwordHash, emailConfirmedAt: new Date() },
  });
  return id;
}

/** Makes a channel whose bot follows that script, if any; its secrets are sealed. */
export async function addChannel(
  { db }: PlatformTx,
  tenantId: string,
  scriptId: string | null,
  { app, accessToken, ...channel }: NewChannel,
) {
  await db.channel.create({
    data: {
      tenantId,
      id: newId(),
      ...channel,
      scriptId,
      accessToken: seal(accessToken, channelSecret(tenantId, 'access_token')),
      ...(app && {
        appSecret: seal(app.secret, channelSecret(tenantId, 'app_secret')),
        verifyToken: seal(app.verifyToken, channelSecret(tenantId, 'verify_token')),
      }),
    },
  });
}
