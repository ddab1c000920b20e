import type { Tier } from './queries.ts';
import { count, tenants } from './words.ts';

/** The quotas of a tier in the order in which they are shown. */
export const fields = [
  { key: 'leads', label: 'Leads', short: 'leads' },
  { key: 'activeConversations', label: 'Active conversations a day', short: 'active conversations a day' },
  { key: 'messages', label: 'Messages sent a day', short: 'messages sent a day' },
  { key: 'peakRate', label: 'Messages sent a second', short: 'messages sent a second' },
  { key: 'burst', label: 'Messages sent at once', short: 'messages sent at once' },
  { key: 'members', label: 'Members', short: 'members' },
  { key: 'channels', label: 'Numbers', short: 'numbers' },
] as const;
export type FieldKey = (typeof fields)[number]['key'];
export type Quotas = Record<FieldKey, number | null> & { grace: number };

/** 1,500 · 0.585 · no limit */
export const quotaWords = (value: number | null): string =>
  value === null ? 'no limit' : value.toLocaleString('en', { maximumFractionDigits: 3 });

/** What saving changes for whom: "64 tenants get 450 instead of 500 active conversations a day." Empty where nothing does. */
export function effectWords(tier: Pick<Tier, 'tenants'> & Quotas, wanted: Quotas): string {
  const changes = fields
    .filter(({ key }) => tier[key] !== wanted[key])
    .map(({ key, short }) => `${quotaWords(wanted[key])} instead of ${quotaWords(tier[key])} ${short}`);
  if (tier.grace !== wanted.grace)
    changes.push(`${count(wanted.grace)} instead of ${count(tier.grace)}\u00a0% of grace`);
  if (changes.length === 0) return '';
  if (tier.tenants === 0) return 'No tenant has this tier yet, so nothing changes for anybody.';
  return `${tenants(tier.tenants)} ${tier.tenants === 1 ? 'gets' : 'get'} ${sentence(changes)}, at once. What was granted beside the tier stays.`;
}

const sentence = (parts: string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
