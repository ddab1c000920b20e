import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planArrivals } from './plan-arrivals.ts';

const level = (rate: number, seconds: number) => ({ seconds, from: rate, to: rate });

test('the same seed plans the same arrivals, another one others', () => {
  expect(planArrivals([level(50, 10)], 1)).toEqual(planArrivals([level(50, 10)], 1));
  expect(planArrivals([level(50, 10)], 2)).not.toEqual(planArrivals([level(50, 10)], 1));
});

test('as many arrive as the rate says, give or take what chance does', () => {
  // 100,000 on average; a Poisson count strays by its root, 316.
  expect(Math.abs(planArrivals([level(1000, 100)], 7).length - 100_000)).toBeLessThan(4 * 316);
});

test('gaps are exponential: a share of 1/e is longer than the mean', () => {
  const moments = planArrivals([level(1000, 100)], 3);
  const gaps = [...moments].map((moment, index) => moment - (moments[index - 1] ?? 0));
  const longer = gaps.filter((gap) => gap > 1).length / gaps.length;
  expect(longer).toBeCloseTo(Math.exp(-1), 2);
});

test('a rising rate puts three quarters into its second half', () => {
  const moments = planArrivals([{ seconds: 100, from: 0, to: 1000 }], 5);
  const late = moments.filter((moment) => moment > 50_000).length / moments.length;
  expect(late).toBeCloseTo(0.75, 2);
});

test('stages follow each other, and one without arrivals is a pause', () => {
  const moments = [...planArrivals([level(100, 2), level(0, 3), level(100, 2)], 9)];
  expect(moments.some((moment) => moment > 2_000 && moment < 5_000)).toBe(false);
  expect(moments.filter((moment) => moment < 2_000).length).toBeGreaterThan(100);
  expect(moments.filter((moment) => moment > 5_000).length).toBeGreaterThan(100);
});

test('whatever the stages are, arrivals ascend and stay within them', () => {
  const stage = fc.record({
    seconds: fc.double({ min: 0.1, max: 20, noNaN: true }),
    from: fc.double({ min: 0, max: 200, noNaN: true }),
    to: fc.double({ min: 0, max: 200, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(stage, { minLength: 1, maxLength: 4 }), fc.integer(), (stages, seed) => {
      const moments = [...planArrivals(stages, seed)];
      const total = stages.reduce((sum, { seconds }) => sum + seconds, 0) * 1000;
      expect(moments).toEqual(moments.toSorted((a, b) => a - b));
      expect(moments.every((moment) => moment >= 0 && moment <= total + 0.001)).toBe(true);
    }),
  );
});
