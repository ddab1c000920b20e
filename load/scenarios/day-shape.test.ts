import { expect, test } from 'vitest';
import { reportAssumptions } from '#load/model/assumptions.ts';
import { busiestHour, dayAt, dayShape } from './day-shape.ts';

test('a day has the hours, the average and the busiest hour of the assumptions', () => {
  expect(dayShape).toHaveLength(reportAssumptions.activeHours);
  expect(dayShape.reduce((sum, share) => sum + share, 0)).toBeCloseTo(dayShape.length, 9);
  expect(dayShape[busiestHour]).toBe(reportAssumptions.peakFactor);
  expect(Math.max(...dayShape)).toBe(reportAssumptions.peakFactor);
});

test('it lasts as long as it is given', () => {
  const stretches = dayAt(20, 96);
  expect(stretches.reduce((sum, { seconds }) => sum + seconds, 0)).toBeCloseTo(96, 9);
  const turns = stretches.reduce((sum, { seconds, from, to }) => sum + (seconds * (from + to)) / 2, 0);
  expect(turns).toBeCloseTo(20 * 96, 6);
});
