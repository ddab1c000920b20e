import { expect, test } from 'vitest';
import { compareFigures, median } from './compare-figures.ts';

const run = (rate: number, p95: number, more: object[] = []) => ({
  figures: [
    { name: 'messages', value: rate, unit: '/s', better: 'more' },
    { name: 'p95', value: p95, unit: 'ms', better: 'less' },
    ...more,
  ] as never,
});

test('medians, the ratio of B to A, and how often B was better', () => {
  const pairs = [
    { a: run(100, 5), b: run(220, 4) },
    { a: run(110, 9), b: run(200, 9) },
    { a: run(90, 4), b: run(80, 3) },
  ];
  expect(compareFigures(pairs)).toEqual([
    { name: 'messages', unit: '/s', better: 'more', a: 100, b: 200, ratio: 2, wins: 2 },
    { name: 'p95', unit: 'ms', better: 'less', a: 5, b: 4, ratio: 0.8, wins: 2 },
  ]);
});

test('only what both sides have is compared', () => {
  const extra = [{ name: 'turns', value: 1, unit: '/s', better: 'more' }];
  expect(compareFigures([{ a: run(1, 1, extra), b: run(1, 1) }])).toHaveLength(2);
  expect(compareFigures([])).toEqual([]);
});

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[7], 7],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle);
});
