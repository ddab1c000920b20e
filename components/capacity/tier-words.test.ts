import { expect, test } from 'vitest';
import { effectWords } from './tier-words.ts';

const tier = {
  ...{ tenants: 64, leads: 3_000, activeConversations: 500, messages: null, peakRate: 0.4 },
  ...{ burst: 60, members: 10, channels: 3, grace: 0 },
};

test.each([
  [
    tier,
    { activeConversations: 450 },
    '64\u00a0tenants get 450 instead of 500 active conversations a day, at once.',
  ],
  [
    { ...tier, tenants: 1 },
    { messages: 6_750, leads: null, grace: 10 },
    '1\u00a0tenant gets no limit instead of 3,000 leads, 6,750 instead of no limit messages sent a day and 10 instead of 0\u00a0% of grace, at once.',
  ],
  [{ ...tier, tenants: 0 }, { burst: 1 }, 'No tenant has this tier yet'],
])('%#: what saving does is said before', (now, wanted, words) => {
  expect(effectWords(now, { ...now, ...wanted })).toContain(words);
});

test('nothing where nothing changes', () => {
  expect(effectWords(tier, tier)).toBe('');
});
