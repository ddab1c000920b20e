/** What a tier grants, in the order in which it is shown: how it is called in front of people, and by the server. */
export const tierQuotas = [
  { name: 'leads', label: 'Leads', key: 'leads' },
  { name: 'active_conversations', label: 'Active conversations a day', key: 'activeConversations' },
  { name: 'messages', label: 'Messages sent a day', key: 'messages' },
  { name: 'peak_rate', label: 'Messages sent a second', key: 'peakRate' },
  { name: 'burst', label: 'Messages sent at once', key: 'burst' },
  { name: 'members', label: 'Members', key: 'members' },
  { name: 'channels', label: 'Numbers', key: 'channels' },
] as const;

/** Every quota that can be granted to one tenant. */
export const quotas = [
  ...tierQuotas,
  { name: 'grace', label: 'Grace for members, %', key: 'grace' },
] as const;
export type QuotaName = (typeof quotas)[number]['name'];

/** 1,500 · 0.585 · no limit */
export const quotaWords = (value: number | null): string =>
  value === null ? 'no limit' : value.toLocaleString('en', { maximumFractionDigits: 3 });
