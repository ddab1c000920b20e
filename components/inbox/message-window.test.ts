import { expect, test } from 'vitest';
import type { Holder } from '#components/trpc/types.ts';
import { closingSoon, mayWrite, windowAt } from './message-window.ts';

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

test.each([
  [{ kind: 'bot' }, '2026-11-24T10:00:01Z', true],
  [{ kind: 'nobody' }, '2026-11-24T10:00:01Z', true],
  [{ kind: 'member', userId: '1', name: 'Mara', you: true }, '2026-11-24T10:00:01Z', true],
  [{ kind: 'member', userId: '2', name: 'Ines', you: false }, '2026-11-24T10:00:01Z', false],
  [{ kind: 'bot' }, '2026-11-24T10:00:00Z', false],
  [{ kind: 'bot' }, null, false],
] satisfies [Holder, string | null, boolean][])(
  'held by %j in a window until %s, one may write: %s',
  (holder, windowClosesAt, may) => {
    expect(mayWrite({ holder, windowClosesAt }, now)).toBe(may);
  },
);
