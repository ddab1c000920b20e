import { readQuotas } from '#server/capacity/quotas.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { number } from './unreadable.ts';

/** How many leads the tenant may have in all; null: as many as it likes. */
export const leadQuota = async (tx: TenantTx): Promise<number | null> =>
  (await readQuotas(tx, tx.tenantId)).leads;

/** What the check says when not all fit, with the number that does; null when they do. */
export function quotaWords(quota: number | null, present: number, added: number): string | null {
  if (quota === null || present + added <= quota) return null;
  const fits = Math.max(0, quota - present);
  return `This would add ${number(added)} leads, and ${number(fits)} more fit into your ${number(quota)}. Take ${number(added - fits)} rows out of the file, or ask for a larger tier.`;
}
