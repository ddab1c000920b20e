import { expect, test } from 'vitest';
import type { Exchange } from './sim-shapes.ts';
import { aheadWords, lineOf } from './wire-words.ts';

const webhook: Exchange = {
  seq: 1,
  at: '2026-11-24T10:46:12.000Z',
  direction: 'to-parley',
  kind: 'message',
  summary: 'text, 32 characters',
  outcome: '200',
  status: 200,
  ms: 1.6,
  detail: { method: 'POST', url: '/', headers: {}, request: null, response: null },
};

test.each([
  [{}, '200 · 2\u00a0ms', false],
  [{ ms: 0.2 }, '200 · 1\u00a0ms', false],
  [{ outcome: '503', status: 503 }, '503 · 2\u00a0ms', true],
  [{ outcome: 'connection refused', status: null }, 'connection refused', true],
  [{ kind: 'send', outcome: 'accepted' }, 'accepted', false],
  [{ kind: 'send', outcome: 'refused 131047', status: 400 }, 'refused 131047', true],
] as const)('%o ends as %s', (change, outcome, isRefused) => {
  expect(lineOf({ ...webhook, ...change })).toMatchObject({ outcome, isRefused });
});

test('a failed status is a failure although Parley took it', () => {
  expect(lineOf({ ...webhook, kind: 'status', summary: 'failed 131026' })).toMatchObject({
    isFailure: true,
    isRefused: false,
  });
});

test.each([
  [0, null],
  [86_400, '1\u00a0day'],
  [180_000, '2\u00a0days 2\u00a0hours'],
  [3_600, '1\u00a0hour'],
])('%s seconds ahead are %s', (seconds, words) => {
  expect(aheadWords(seconds)).toBe(words);
});
