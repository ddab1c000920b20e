import { expect, test } from 'vitest';
import { matchRoundTrips } from './round-trips.ts';

const wrote = (from: string, at: number) => ({ phoneNumberId: '1', from, at });
const answer = (to: string, at: number, heardDelivered?: number) => ({
  ...{ phoneNumberId: '1', to, at, accepted: true },
  ...{ heardSent: heardDelivered, heardDelivered },
});

test('each message is paired with the answer to the same person, in order', () => {
  const matched = matchRoundTrips(
    [wrote('a', 0), wrote('b', 10), wrote('a', 100)],
    [answer('b', 30, 35), answer('a', 40, 50), answer('a', 130, 145)],
  );
  expect(matched).toEqual({
    trips: [
      { phoneNumberId: '1', at: 0, reply: 40, delivered: 50 },
      { phoneNumberId: '1', at: 10, reply: 20, delivered: 25 },
      { phoneNumberId: '1', at: 100, reply: 30, delivered: 45 },
    ],
    unanswered: 0,
    surplus: 0,
  });
});

test('what got no answer, came twice, was refused or never heard of is told', () => {
  const matched = matchRoundTrips(
    [wrote('a', 0), wrote('b', 0), wrote('c', 0)],
    [answer('a', 5), answer('a', 6, 7), { ...answer('b', 5), accepted: false }, answer('c', 9, 9)],
  );
  expect(matched).toEqual({
    trips: [
      { phoneNumberId: '1', at: 0, reply: 5, delivered: undefined },
      { phoneNumberId: '1', at: 0, reply: 9, delivered: 9 },
    ],
    unanswered: 1,
    surplus: 1,
  });
});

test('the same person on another number is somebody else', () => {
  const elsewhere = { ...answer('a', 5, 6), phoneNumberId: '2' };
  expect(matchRoundTrips([wrote('a', 0)], [elsewhere])).toMatchObject({ unanswered: 1, surplus: 1 });
});
