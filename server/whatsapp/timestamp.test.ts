import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeInSecond, readTimestamp } from './timestamp.ts';

const arrival = new Date('2026-11-24T10:00:00.400Z');
const seconds = Math.floor(arrival.getTime() / 1000);
const day = 24 * 3600;

describe('a stamp that is taken', () => {
  test.each([
    ['seconds in a string', String(seconds - 60), (seconds - 60) * 1000],
    ['seconds as a number', seconds - 60, (seconds - 60) * 1000],
    ['milliseconds in a string', `${seconds - 60}123`, (seconds - 60) * 1000 + 123],
    ['milliseconds as a number', (seconds - 60) * 1000 + 123, (seconds - 60) * 1000 + 123],
    ['a fraction', `${seconds - 60}.5`, (seconds - 60) * 1000 + 500],
    ['four minutes ahead', String(seconds + 240), (seconds + 240) * 1000],
    ['29 days old', String(seconds - 29 * day), (seconds - 29 * day) * 1000],
  ])('%s', (_, given, at) => {
    expect(readTimestamp(given, arrival)).toEqual(new Date(at));
  });
});

describe('a stamp that counts for nothing, so that the arrival does', () => {
  test.each([
    ['missing', undefined],
    ['null', null],
    ['empty', ''],
    ['words', 'yesterday'],
    ['an ISO time', '2026-11-24T10:00:00Z'],
    ['negative', `-${seconds}`],
    ['zero', '0'],
    ['one', 1],
    ['not a number', Number.NaN],
    ['infinite', Number.POSITIVE_INFINITY],
    ['microseconds', `${seconds}000000`],
    ['six minutes ahead', String(seconds + 360)],
    ['years ahead', '9999999999'],
    ['31 days old', String(seconds - 31 * day)],
    ['with a plus', `+${seconds}`],
    ['hexadecimal', '0x6924321f'],
    ['with a space', ` ${seconds}`],
    ['an object', { seconds }],
    ['a list', [seconds]],
    ['true', true],
    ['endless', '9'.repeat(5000)],
  ])('%s', (_, given) => {
    expect(readTimestamp(given, arrival)).toEqual(arrival);
  });
});

test('whatever comes, the time lies within thirty days before and five minutes after the arrival', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.integer(), fc.bigInt().map(String), fc.double()), (given) => {
      const late = readTimestamp(given, arrival).getTime() - arrival.getTime();
      return late >= -30 * day * 1000 && late <= 300_000;
    }),
  );
});

test('a whole second is refined by the arrival, and stays the same second', () => {
  fc.assert(
    fc.property(fc.integer({ min: -5000, max: 5000 }), (offset) => {
      const stamp = new Date((seconds + offset) * 1000);
      const at = placeInSecond(stamp, arrival);
      return Math.floor(at.getTime() / 1000) * 1000 === stamp.getTime();
    }),
  );
});

test('of two with the same stamp the one that arrived later stands later, within the second', () => {
  const stamp = new Date(seconds * 1000);
  const places = [100, 400, 999, 5000].map((ms) =>
    placeInSecond(stamp, new Date(seconds * 1000 + ms)).getTime(),
  );
  expect(places.map((place) => place - seconds * 1000)).toEqual([100, 400, 999, 999]);
});
