import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import { unseal } from '#server/secrets/seal.ts';
import { channelSecret } from './channel-secret.ts';

/** One of the tenant's channels, by the last part of its address. Refuses when it has none with this key. */
export async function findTenantsChannel(tx: TenantTx, key: string) {
  const row = await tx.db.channel.findFirst({ where: { tenantId: tx.tenantId, key } });
  if (!row) throw new Refusal('not-found', 'no-channel', 'Not found.');
  return row;
}

export type ChannelRow = Awaited<ReturnType<typeof findTenantsChannel>>;

/** The same, held until the transaction ends. */
export async function lockTenantsChannel(tx: TenantTx, key: string): Promise<ChannelRow> {
  await tx.db.$queryRaw`
    select 1 from channels where tenant_id = ${tx.tenantId}::uuid and key = ${key} for no key update`;
  return findTenantsChannel(tx, key);
}

export const openToken = ({ tenantId, accessToken }: ChannelRow) =>
  unseal(accessToken, channelSecret(tenantId, 'access_token'));

/** How people call it in the audit log: +15550783881. */
export const subjectOf = ({ displayPhoneNumber }: Pick<ChannelRow, 'displayPhoneNumber'>) =>
  `+${displayPhoneNumber.replace(/^\+/, '')}`;
