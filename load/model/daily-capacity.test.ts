import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportAssumptions } from './assumptions.ts';
import { averageRate, dailyCapacity } from './daily-capacity.ts';
import { demandOf } from './demand.ts';
import { perMessage } from './run-unit.ts';
import { assumptionsAtAll, rates } from './testing.ts';

const calls = perMessage('call', reportAssumptions);
const turns = perMessage('turn', reportAssumptions);

test.each([
  ['conservative', 30, 108_000, 1_728_000],
  ['optimal', 50, 180_000, 2_880_000],
  ['peak', 90, 324_000, 5_184_000],
])('%s: %d calls a second are %d an hour and %d a day', (_, rate, hour, day) => {
  expect(dailyCapacity(rate, calls, reportAssumptions)).toMatchObject({ callsPerHour: hour, calls: day });
});

test('the peak rate leaves an average of 30, which is the budget of the report', () => {
  const average = averageRate(90, reportAssumptions);
  expect(average).toBe(30);
  expect(dailyCapacity(average, calls, reportAssumptions)).toEqual({
    callsPerHour: 108_000,
    calls: 1_728_000,
    messages: 691_200,
    outgoing: 345_600,
    activeLeads: 46_080,
    totalLeads: 153_600,
  });
});

test('the sustainable rate leaves 16.7', () => {
  const average = averageRate(50, reportAssumptions);
  expect(average).toBeCloseTo(16.7, 1);
  expect(dailyCapacity(average, calls, reportAssumptions)).toEqual({
    callsPerHour: 60_000,
    calls: 960_000,
    messages: 384_000,
    outgoing: 192_000,
    activeLeads: 25_600,
    totalLeads: 85_333,
  });
});

test('340 messages a second in the busiest hour are 435,200 active conversations a day, and so are 170 turns', () => {
  expect(dailyCapacity(340 / 3, 1, reportAssumptions).activeLeads).toBe(435_200);
  expect(dailyCapacity(170 / 3, turns, reportAssumptions).activeLeads).toBe(435_200);
});

test('whoever is promised what a day holds asks for no more than was measured', () => {
  fc.assert(
    fc.property(rates, assumptionsAtAll, (rate, assumptions) => {
      const { totalLeads } = dailyCapacity(averageRate(rate, assumptions), 1, assumptions);
      const { peakRate } = demandOf({ tenants: 1, leadsEach: totalLeads }, assumptions);
      expect(peakRate).toBeLessThanOrEqual(rate * (1 + 1e-9));
    }),
  );
});

test('a higher rate never holds less', () => {
  fc.assert(
    fc.property(rates, rates, assumptionsAtAll, (one, more, assumptions) => {
      const small = dailyCapacity(one, 1, assumptions);
      const large = dailyCapacity(one + more, 1, assumptions);
      for (const name of ['calls', 'messages', 'outgoing', 'activeLeads', 'totalLeads'] as const)
        expect(large[name]).toBeGreaterThanOrEqual(small[name]);
    }),
  );
});

test('what costs twice as many calls is half as many messages', () => {
  fc.assert(
    fc.property(rates, assumptionsAtAll, (rate, assumptions) => {
      const { messages } = dailyCapacity(rate, 2, assumptions);
      expect(Math.abs(dailyCapacity(rate, 1, assumptions).messages - 2 * messages)).toBeLessThanOrEqual(2);
    }),
  );
});
