import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kneeOf, latencyAt, rateAt } from './latency-curve.ts';

const curves = fc.record({
  idle: fc.double({ min: 0.1, max: 100, noNaN: true }),
  slope: fc.double({ min: 0.01, max: 50, noNaN: true }),
  limit: fc.double({ min: 1, max: 20_000, noNaN: true }),
});

test('a curve from 4 ms to its end at 620 a second has its knee at 520, on the way to 250 ms', () => {
  const curve = { idle: 4, slope: 6.6, limit: 620 };
  expect(Math.round(rateAt(curve, 250))).toBe(604);
  expect(Math.round(kneeOf(curve, 250))).toBe(520);
});

test('rate and latency lead back to each other', () => {
  fc.assert(
    fc.property(curves, fc.double({ min: 0, max: 0.99, noNaN: true }), (curve, share) => {
      const rate = share * curve.limit;
      expect(rateAt(curve, latencyAt(curve, rate))).toBeCloseTo(rate, 4);
    }),
  );
});

test('latency never falls with load, and the knee lies between idle and the top', () => {
  fc.assert(
    fc.property(curves, fc.double({ min: 1, max: 5, noNaN: true }), (curve, times) => {
      const most = curve.idle * times;
      const [knee, top] = [kneeOf(curve, most), rateAt(curve, most)];
      expect(knee).toBeGreaterThanOrEqual(-1e-9);
      expect(knee).toBeLessThanOrEqual(top + 1e-9);
      expect(latencyAt(curve, knee)).toBeLessThanOrEqual(most * (1 + 1e-9));
      expect(latencyAt(curve, curve.limit)).toBe(Number.POSITIVE_INFINITY);
    }),
  );
});

test('what is too slow when idle carries nothing', () => {
  expect(rateAt({ idle: 300, slope: 1, limit: 100 }, 250)).toBe(0);
  expect(kneeOf({ idle: 300, slope: 1, limit: 100 }, 250)).toBe(0);
});
