import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Day, predictDay, type SingleRuns } from './predict-day.ts';

const runs: SingleRuns = {
  idle: { cores: 0.1, busy: 0.1 },
  turns: [
    { rate: 20, cores: 0.5, busy: 0.4, p50: 8, p95: 20 },
    { rate: 60, cores: 0.9, busy: 0.7, p50: 10, p95: 30 },
  ],
  pages: { rate: 5, cores: 0.3, busy: 0.25 },
  secondsPerRow: 0.001,
};
const day: Day = { seconds: 100, hours: [10, 20, 60, 30], pagesPerSecond: 5, rows: 1_000 };

test('CPU adds up, and waiting grows with what pages take', () => {
  const { turns, cores, peak } = predictDay(runs, day);
  expect(turns).toBe(3_000);
  // hours 0.3, 0.5, 0.9, 0.6; pages 0.2; rows 0.01
  expect(cores).toBeCloseTo(0.575 + 0.2 + 0.01, 9);
  // the machine 0.7 full alone, 0.85 beside the pages
  expect(peak.p50).toBeCloseTo((10 * 0.3) / 0.15, 9);
  expect(peak.p95).toBeCloseTo((30 * 0.3) / 0.15, 9);
});

test('beyond what was measured it goes on along the last line', () => {
  expect(predictDay(runs, { ...day, hours: [100], pagesPerSecond: 0, rows: 0 }).cores).toBeCloseTo(1.3, 9);
});

test('more of anything never costs less', () => {
  const more = fc.double({ min: 0, max: 50, noNaN: true });
  fc.assert(
    fc.property(more, more, more, (turns, pages, rows) => {
      const usual = predictDay(runs, day);
      const busier = predictDay(runs, {
        ...day,
        hours: day.hours.map((rate) => rate + turns),
        pagesPerSecond: day.pagesPerSecond + pages,
        rows: day.rows + rows,
      });
      expect(busier.cores).toBeGreaterThanOrEqual(usual.cores - 1e-9);
      expect(busier.peak.p50).toBeGreaterThanOrEqual(usual.peak.p50 - 1e-9);
      expect(busier.peak.p95).toBeGreaterThanOrEqual(usual.peak.p95 - 1e-9);
    }),
  );
});
