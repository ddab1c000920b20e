/** Every quota that can be granted: what it is called, and what it counts. */
export const quotas = [
  { name: 'leads', label: 'Leads', key: 'leads' },
  { name: 'active_conversations', label: 'Active conversations a day', key: 'activeConversations' },
  { name: 'messages', label: 'Messages sent a day', key: 'messages' },
  { name: 'peak_rate', label: 'Messages sent a second', key: 'peakRate' },
  { name: 'burst', label: 'Messages sent at once', key: 'burst' },
  { name: 'members', label: 'Members', key: 'members' },
  { name: 'channels', label: 'Numbers', key: 'channels' },
  { name: 'grace', label: 'Grace for members, %', key: 'grace' },
] as const;
export type QuotaName = (typeof quotas)[number]['name'];

/** 1,500 · No limit */
export const quotaWords = (value: number | null): string =>
  value === null ? 'No limit' : value.toLocaleString('en', { maximumFractionDigits: 3 });
