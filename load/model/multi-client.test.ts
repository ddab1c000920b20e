import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportAssumptions } from './assumptions.ts';
import { demandOf } from './demand.ts';
import { clientScenarios, ratedScenarios, rateScenarios } from './multi-client.ts';
import { rateWorkload } from './rate-workload.ts';
import { assumptionsAtAll, rates } from './testing.ts';

test.each([
  ['Small scale', 10, 5_000, 1_500, 22_500, 225_000],
  ['Medium scale', 50, 3_000, 900, 13_500, 675_000],
  ['Current maximum', 100, 1_500, 450, 6_750, 675_000],
  ['System limit', 150, 1_000, 300, 4_500, 675_000],
])(
  '%s: %d × %d leads have %d active each, %d messages each, %d in total',
  (name, tenants, leadsEach, active, each, total) => {
    expect(clientScenarios).toContainEqual({ name, tenants, leadsEach });
    expect(demandOf({ tenants, leadsEach }, reportAssumptions)).toMatchObject({
      activeEach: active,
      messagesEach: each,
      messages: total,
    });
  },
);

test('151 tenants of 3,640 leads ask for 129 messages a second in the busiest hour', () => {
  const { active, messages, peakRate } = demandOf({ tenants: 151, leadsEach: 3_640 }, reportAssumptions);
  expect([active, messages, Math.round(peakRate)]).toEqual([164_892, 2_473_380, 129]);
});

test('by the peak of the report its four ratings follow', () => {
  const rated = rateScenarios(ratedScenarios, 90 / reportAssumptions.callsPerMessage, reportAssumptions);
  expect(rated.map(({ tenants, rating }) => [tenants, rating])).toEqual([
    [10, 'excellent'],
    [50, 'good'],
    [100, 'marginal'],
    [200, 'at-risk'],
  ]);
});

test.each([
  [0, 'excellent'],
  [50, 'excellent'],
  [50.001, 'good'],
  [100, 'good'],
  [100.001, 'marginal'],
  [200, 'marginal'],
  [200.001, 'at-risk'],
] as const)('%d %% is %s', (share, rating) => {
  expect(rateWorkload(share, 100)).toBe(rating);
  expect(rateWorkload(share * 0.3, 30)).toBe(rating);
});

test('more tenants, leads or messages never rate better, and more capacity never worse', () => {
  const order = ['excellent', 'good', 'marginal', 'at-risk'];
  const count = fc.integer({ min: 1, max: 5_000 });
  fc.assert(
    fc.property(
      count,
      count,
      count,
      rates,
      assumptionsAtAll,
      (tenants, leadsEach, more, capacity, assumptions) => {
        const rank = (
          population: { tenants: number; leadsEach: number },
          against: number,
          with_ = assumptions,
        ) => order.indexOf(rateWorkload(demandOf(population, with_).peakRate, against));
        const rated = rank({ tenants, leadsEach }, capacity);
        expect(rank({ tenants: tenants + more, leadsEach }, capacity)).toBeGreaterThanOrEqual(rated);
        expect(rank({ tenants, leadsEach: leadsEach + more }, capacity)).toBeGreaterThanOrEqual(rated);
        expect(
          rank({ tenants, leadsEach }, capacity, {
            ...assumptions,
            messagesPerLead: assumptions.messagesPerLead + 1,
          }),
        ).toBeGreaterThanOrEqual(rated);
        expect(rank({ tenants, leadsEach }, capacity + more)).toBeLessThanOrEqual(rated);
      },
    ),
  );
});
