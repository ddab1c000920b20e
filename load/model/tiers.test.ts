import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportAssumptions } from './assumptions.ts';
import { demandOf } from './demand.ts';
import { roomFor, soldShare } from './sold.ts';
import { assumptionsAtAll, rates } from './testing.ts';
import { defaultTiers, quotaFor } from './tiers.ts';
import { roundDown } from './whole.ts';

test('by the peak of the report its recommended limits follow', () => {
  const tiers = defaultTiers(90 / reportAssumptions.callsPerMessage, reportAssumptions);
  expect(tiers.map(({ name, tenants, leads }) => [name, tenants, leads])).toEqual([
    ['Pilot', 10, 5_000],
    ['Standard', 50, 3_000],
    ['Maximum', 100, 1_500],
  ]);
  expect(tiers[0]).toMatchObject({ activePerDay: 1_500, outgoingPerDay: 11_250, peakRate: 0.585, burst: 36 });
});

test('by its sustainable rate they are smaller', () => {
  const tiers = defaultTiers(50 / reportAssumptions.callsPerMessage, reportAssumptions);
  expect(tiers.map(({ leads }) => leads)).toEqual([2_500, 1_700, 850]);
});

test('no tier, sold as often as it says, asks for more than was measured', () => {
  fc.assert(
    fc.property(rates, assumptionsAtAll, (rate, assumptions) => {
      for (const { tenants, leads, outgoingPerDay, peakRate } of defaultTiers(rate, assumptions)) {
        expect(demandOf({ tenants, leadsEach: leads }, assumptions).peakRate).toBeLessThanOrEqual(
          rate * (1 + 1e-9),
        );
        expect(tenants * peakRate).toBeLessThanOrEqual(rate * assumptions.outgoingShare * (1 + 1e-9));
        const spread = outgoingPerDay / (assumptions.activeHours * 3_600);
        expect(tenants * spread * assumptions.peakFactor).toBeLessThanOrEqual(rate * (1 + 1e-9));
      }
    }),
  );
});

test('more capacity never makes a tier smaller', () => {
  fc.assert(
    fc.property(rates, rates, assumptionsAtAll, (rate, more, assumptions) => {
      const large = defaultTiers(rate + more, assumptions);
      for (const [index, tier] of defaultTiers(rate, assumptions).entries())
        expect(large[index]?.leads).toBeGreaterThanOrEqual(tier.leads);
    }),
  );
});

test('a tenant of 3,000 leads', () => {
  expect(quotaFor(3_000, reportAssumptions)).toEqual({
    leads: 3_000,
    activePerDay: 900,
    outgoingPerDay: 6_750,
    peakRate: 0.351,
    burst: 22,
  });
});

test.each([
  [0, 0],
  [9, 9],
  [15, 15],
  [85, 85],
  [1_536, 1_500],
  [3_072, 3_000],
  [2_999.9, 2_500],
  [15_360, 15_000],
  [19_999, 19_000],
  [99_999, 95_000],
])('%d is rounded down to %d', (value, round) => {
  expect(roundDown(value)).toBe(round);
});

test('435,200 measured and 164,700 sold leave room for 601, 300 or 60 more', () => {
  const sold = { measured: 435_200, sold: 164_700, overcommit: 1 };
  expect([450, 900, 4_500].map((each) => roomFor(sold, each))).toEqual([601, 300, 60]);
  expect(soldShare(sold)).toBeCloseTo(0.378, 3);
});

test('what is oversold has room for nobody, and what there is room for is not oversold', () => {
  const amount = fc.integer({ min: 1, max: 1_000_000 });
  fc.assert(
    fc.property(
      amount,
      amount,
      fc.double({ min: 1, max: 3, noNaN: true }),
      amount,
      (measured, sold, overcommit, each) => {
        const room = roomFor({ measured, sold, overcommit }, each);
        if (soldShare({ measured, sold, overcommit }) > 1) expect(room).toBe(0);
        else
          expect(soldShare({ measured, sold: sold + room * each, overcommit })).toBeLessThanOrEqual(1 + 1e-9);
      },
    ),
  );
});
