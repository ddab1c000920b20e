import { expect, test } from 'vitest';
import { courseOf } from './course.ts';

test('turns stand in the slice in which they were to begin; where nobody wrote there is no latency', () => {
  const turn = (at: number, reply: number) => ({ phoneNumberId: '1', at, reply, delivered: undefined });
  const course = courseOf([turn(1_000, 10), turn(2_900, 30), turn(7_000, 50)], 1_000, 2, 4);
  expect(course.sliceSeconds).toBe(2);
  expect(course.slices.map(({ offered }) => offered)).toEqual([1, 0, 0, 0.5]);
  expect(course.slices.map(({ p95 }) => p95 && Math.round(p95))).toEqual([30, null, null, 50]);
});
