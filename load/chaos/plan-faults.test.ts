import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Fault, faultKinds, kindOf } from './faults.ts';
import { planFaults } from './plan-faults.ts';

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const seconds = fc.integer({ min: 5, max: 900 });
const property = (holds: (plan: Fault[], end: number) => void) =>
  fc.assert(
    fc.property(seed, seconds, (one, long) => holds(planFaults(one, long), long * 1_000)),
    { numRuns: 200 },
  );

describe('a plan', () => {
  test('is the same for the same seed, and another for another', () => {
    fc.assert(
      fc.property(seed, seconds, (one, long) => {
        expect(planFaults(one, long)).toEqual(planFaults(one, long));
      }),
    );
    expect(planFaults(1, 60)).not.toEqual(planFaults(2, 60));
  });

  test('is in order, and over when the time is', () => {
    property((plan, end) => {
      for (const [index, { at, lasts }] of plan.entries()) {
        expect(at).toBeGreaterThan(plan[index - 1]?.at ?? 0);
        expect(at + lasts).toBeLessThanOrEqual(end);
      }
    });
  });

  test('keeps each fault to the length of its kind', () => {
    property((plan) => {
      for (const { kind, lasts } of plan) {
        const [shortest, longest] = kindOf(kind).lasts ?? [0, 0];
        expect(lasts).toBeGreaterThanOrEqual(shortest);
        expect(lasts).toBeLessThanOrEqual(longest);
      }
    });
  });

  test('does one thing at a time to each thing', () => {
    property((plan) => {
      for (const [on, faults] of Map.groupBy(plan, ({ kind }) => kindOf(kind).on))
        for (const [index, { at, lasts }] of faults.entries())
          expect((faults[index + 1]?.at ?? Infinity) - at - lasts, on).toBeGreaterThanOrEqual(2_000);
    });
  });

  test('ends nothing so often that its supervisor gives up', () => {
    property((plan) => {
      const deadly = plan.filter(({ kind }) => kindOf(kind).ends);
      for (const [ends, faults] of Map.groupBy(deadly, ({ kind }) => kindOf(kind).ends))
        for (const { at } of faults)
          expect(
            faults.filter((other) => other.at >= at && other.at < at + 60_000).length,
            ends,
          ).toBeLessThanOrEqual(4);
    });
  });

  test('has about one fault in three seconds, and each kind within some minutes', () => {
    fc.assert(
      fc.property(seed, (one) => {
        const plan = planFaults(one, 300);
        expect(plan.length).toBeGreaterThan(60);
        expect(new Set(plan.map(({ kind }) => kind)).size).toBe(Object.keys(faultKinds).length);
      }),
      { numRuns: 50 },
    );
  });
});
