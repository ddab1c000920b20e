import { quotaWords, tierQuotas } from '#components/trpc/quota-words.ts';
import type { Tier } from './queries.ts';
import { count, tenants } from './words.ts';

export type FieldKey = (typeof tierQuotas)[number]['key'];
export type Quotas = Record<FieldKey, number | null> & { grace: number };

/** What saving changes for whom: "64 tenants get 450 instead of 500 active conversations a day." Empty where nothing does. */
export function effectWords(tier: Pick<Tier, 'tenants'> & Quotas, wanted: Quotas): string {
  const changes = tierQuotas
    .filter(({ key }) => tier[key] !== wanted[key])
    .map(
      ({ key, label }) =>
        `${quotaWords(wanted[key])} instead of ${quotaWords(tier[key])} ${label.toLowerCase()}`,
    );
  if (tier.grace !== wanted.grace)
    changes.push(`${count(wanted.grace)} instead of ${count(tier.grace)}\u00a0% of grace`);
  if (changes.length === 0) return '';
  if (tier.tenants === 0) return 'No tenant has this tier yet, so nothing changes for anybody.';
  return `${tenants(tier.tenants)} ${tier.tenants === 1 ? 'gets' : 'get'} ${sentence(changes)}, at once. What was granted beside the tier stays.`;
}

const sentence = (parts: string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
