import type { BatchTx } from '#server/db/as-batch.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';

/** Every quota, as it is called in `tiers` and `grants`; a day's are counted on the tenant's own days. */
export const quotaNames = [
  'leads',
  'active_conversations',
  'messages',
  'peak_rate',
  'burst',
  'members',
  'channels',
  'grace',
] as const;
export type QuotaName = (typeof quotaNames)[number];

/** What a tenant may spend; null: as much as it likes. `grace` in percent, `peakRate` in messages a second. */
export type Quotas = {
  tier: string | null;
  leads: number | null;
  activeConversations: number | null;
  messages: number | null;
  peakRate: number | null;
  burst: number | null;
  members: number | null;
  channels: number | null;
  grace: number;
};

/** The tenant's tier, with what grants change about it now. */
export async function readQuotas({ db }: TenantTx | BatchTx, tenantId: string): Promise<Quotas> {
  const [row] = await db.$queryRaw<Quotas[]>`
    select tier, leads, active_conversations as "activeConversations", messages, peak_rate as "peakRate", burst, members,
           channels, grace
    from tenant_quotas where tenant_id = ${tenantId}::uuid`;
  if (!row) throw new Error('a tenant has no quotas');
  return row;
}
