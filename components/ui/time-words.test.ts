import { expect, test } from 'vitest';
import {
  clockTime,
  closedTime,
  dayKey,
  dayName,
  exactTime,
  listTime,
  sinceTime,
  tableDate,
  timeLeft,
  zonedTime,
} from './time-words.ts';

const madrid = 'Europe/Madrid';
/** Tuesday, 24 November 2026, 10:43 in Madrid. */
const now = new Date('2026-11-24T09:43:00Z');

test('in a table there is the day with its year', () => {
  expect(tableDate(new Date('2026-11-23T23:30:00Z'), madrid)).toBe('24\u00a0Nov\u00a02026');
});

test.each([
  ['2026-11-24T09:42:00Z', '10:42', 'Today', '10:42', 'at 10:42'],
  ['2026-11-23T23:30:00Z', '00:30', 'Today', '00:30', 'at 00:30'],
  ['2026-11-23T22:30:00Z', 'Mon', 'Yesterday, 23 November', 'Monday, 23:30', 'on Monday at 23:30'],
  ['2026-11-21T15:34:00Z', 'Sat', 'Saturday, 21 November', 'Saturday, 16:34', 'on Saturday at 16:34'],
  ['2026-11-17T08:00:00Z', '17 Nov', 'Tuesday, 17 November', '17 Nov, 09:00', 'on 17 Nov at 09:00'],
  ['2025-12-31T23:30:00Z', '1 Jan', 'Thursday, 1 January', '1 Jan, 00:30', 'on 1 Jan at 00:30'],
  [
    '2025-11-21T15:34:00Z',
    '21 Nov 2025',
    'Friday, 21 November 2025',
    '21 Nov 2025, 16:34',
    'on 21 Nov 2025 at 16:34',
  ],
])('%s reads %s in a list, %s between bubbles, since %s, closed %s', (iso, list, day, since, closed) => {
  const date = new Date(iso);
  expect(listTime(date, now, madrid)).toBe(list);
  expect(dayName(date, now, madrid)).toBe(day);
  expect(sinceTime(date, now, madrid)).toBe(since);
  expect(closedTime(date, now, madrid)).toBe(closed);
});

test('a message from a clock that is ahead shows its time, not a negative age', () => {
  expect(listTime(new Date('2026-11-25T06:00:00Z'), now, madrid)).toBe('07:00');
});

test('the day is the time zone’s', () => {
  const date = new Date('2026-11-24T19:00:00Z');
  expect(dayKey(date, 'Asia/Dubai')).toBe('2026-11-24');
  expect(dayKey(date, 'Asia/Tokyo')).toBe('2026-11-25');
  expect(clockTime(date, 'Asia/Kolkata')).toBe('00:30');
  expect(exactTime(date, 'Asia/Kolkata')).toBe('Wednesday, 25 November 2026, 00:30:00');
  expect(zonedTime(date, 'America/New_York')).toBe('Tuesday, 24 November 2026, 14:00:00 (America/New York)');
});

test.each([
  [86_399_000, '23\u00a0h\u00a059\u00a0min'],
  [3_600_000, '1\u00a0h\u00a00\u00a0min'],
  [2_280_000, '38\u00a0min'],
  [59_999, 'less than a minute'],
])('%s ms left reads %s', (left, words) => {
  expect(timeLeft(left)).toBe(words);
});
