import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportAssumptions } from '#load/model/assumptions.ts';
import type { CapacityView } from './queries.ts';
import { fromLine, onLine, reckon, tryToday } from './what-if.ts';

// Only what is looked at; the cast leaves the rest out.
const view = (more: object = {}) =>
  ({
    selling: { overcommit: 1, rate: 'sustainable', assumptions: reportAssumptions, defaultTierId: null },
    measured: { rate: 340, curve: { idle: 4, slope: 6.6, limit: 620 } },
    tiers: [
      { tenants: 64, unlimited: 0 },
      { tenants: 87, unlimited: 0 },
    ],
    without: { tenants: 3, unlimited: 3 },
    sold: 164_892,
    ...more,
  }) as unknown as CapacityView;

test('it starts from those who have a quota, and the formula gives the figure above it', () => {
  const tried = tryToday(view());
  expect(tried).toMatchObject({ tenants: 151, leadsEach: 3_640, messagesPerLead: 15, activeShare: 0.3 });
  const { active, messages, peakRate, share, p95 } = reckon(tried, view());
  expect([active, messages, Math.round(peakRate)]).toEqual([164_892, 2_473_380, 129]);
  expect(share).toBeCloseTo(0.38, 2);
  expect(p95).toBeGreaterThan(4);
});

test('with nobody, or nothing measured, it still has something to try', () => {
  const empty = view({ tiers: [], sold: 0, measured: null });
  const tried = tryToday(empty);
  expect(tried).toMatchObject({ tenants: 1, leadsEach: 3_000 });
  expect(reckon(tried, empty)).toMatchObject({ p95: undefined, share: undefined });
});

test('what is beyond the limit takes forever, and the overcommit makes room', () => {
  const many = { ...tryToday(view()), tenants: 1_000 };
  expect(reckon(many, view()).p95).toBe(Number.POSITIVE_INFINITY);
  const twice = view({ selling: { ...view().selling, overcommit: 2 } });
  expect((reckon(many, view()).share ?? 0) / (reckon(many, twice).share ?? 1)).toBeCloseTo(2, 9);
});

test('a place on the line is a round value, and back', () => {
  const range = [10, 20_000] as const;
  expect([fromLine(0, range), fromLine(100, range)]).toEqual([10, 20_000]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), (place) => {
      const value = fromLine(place, range);
      expect(Number.isInteger(value)).toBe(true);
      expect(Math.abs(onLine(value, range) - place)).toBeLessThan(2);
    }),
  );
});
