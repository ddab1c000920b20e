import { expect, test } from 'vitest';
import { agoWords, limitWords, qualityWords } from './channel-words.ts';

test.each([
  [null, 'Not known yet'],
  ['TIER_250', '250 people a day'],
  ['TIER_2K', '2,000 people a day'],
  ['TIER_UNLIMITED', 'No limit'],
  ['TIER_NOT_SET', 'Not known yet'],
  ['SOMETHING', 'SOMETHING'],
])('a limit of %s is "%s"', (limit, words) => {
  expect(limitWords(limit)).toBe(words);
});

test.each([
  ['GREEN', 'High'],
  ['RED', 'Low'],
  ['UNKNOWN', 'Not known yet'],
  [null, 'Not known yet'],
])('a quality of %s is "%s"', (quality, words) => {
  expect(qualityWords(quality)).toBe(words);
});

test.each([
  [119, 'Just now'],
  [120, '2 minutes ago'],
  [3_600, '1 hour ago'],
  [47 * 3_600, '47 hours ago'],
  [72 * 3_600, '3 days ago'],
])('%i seconds are "%s"', (seconds, words) => {
  const now = new Date('2026-11-24T12:00:00Z');
  expect(agoWords(new Date(now.getTime() - seconds * 1_000).toISOString(), now)).toBe(words);
});
