import { expect, test } from 'vitest';
import { closingSoon, windowAt } from './message-window.ts';

const now = new Date('2026-11-24T10:00:00Z');

test('open to the last millisecond, then closed', () => {
  expect(windowAt('2026-11-24T10:00:00.001Z', now)).toMatchObject({ state: 'open', left: 1 });
  expect(windowAt('2026-11-24T10:00:00.000Z', now)).toMatchObject({ state: 'closed' });
  expect(windowAt(null, now)).toEqual({ state: 'never' });
});

test.each([
  ['2026-11-24T13:59:59Z', 14_399_000],
  ['2026-11-24T14:00:00Z', null],
  ['2026-11-24T09:00:00Z', null],
  [null, null],
])('a window that closes at %s has %s ms left that are worth a warning', (closesAt, left) => {
  expect(closingSoon(closesAt, now)).toBe(left);
});
