import type { TagTone } from '#components/ui/tag.tsx';
import type { ChannelRow } from './channels.ts';

/** The channel's state in a word. */
export function stateWords({ disconnectedAt, health }: ChannelRow): { words: string; tone: TagTone } {
  if (disconnectedAt !== null) return { words: 'Disconnected', tone: 'neutral' };
  if (health.state === 'broken') return { words: 'Broken', tone: 'danger' };
  if (health.state === 'warning') return { words: 'Needs attention', tone: 'warning' };
  if (health.state === 'well') return { words: 'Connected', tone: 'success' };
  return { words: 'Being checked', tone: 'neutral' };
}

/** +15550783881, as people dial it. */
export const numberWords = ({ number }: ChannelRow): string => `+${number}`;

const qualities: Record<string, string> = { GREEN: 'High', YELLOW: 'Medium', RED: 'Low' };
export const qualityWords = (quality: string | null): string => qualities[quality ?? ''] ?? 'Not known yet';

/** Meta's TIER_2K is 2,000 people in 24 hours. */
export function limitWords(limit: string | null): string {
  if (limit === null || limit === 'TIER_NOT_SET') return 'Not known yet';
  if (limit === 'TIER_UNLIMITED') return 'No limit';
  const [, amount, thousand] = /^TIER_(\d+)(K?)$/.exec(limit) ?? [];
  if (amount === undefined) return limit;
  return `${(Number(amount) * (thousand ? 1_000 : 1)).toLocaleString('en')} people a day`;
}

/** Of a token whose end Meta has not named. */
export const lastingWords = (state: string): string =>
  state === 'unknown' ? 'Not known yet' : 'Does not expire';

/** "2 minutes ago" */
export function agoWords(at: string | null, now: Date): string {
  if (at === null) return 'None yet';
  const minutes = Math.floor((now.getTime() - new Date(at).getTime()) / 60_000);
  if (minutes < 2) return 'Just now';
  if (minutes < 60) return `${minutes} minutes ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return hours === 1 ? '1 hour ago' : `${hours} hours ago`;
  return `${Math.floor(hours / 24)} days ago`;
}
