import fc from 'fast-check';
import { expect, test } from 'vitest';
import { path, placing, ticksTo } from './scale.ts';

test.each([
  [168, [0, 50, 100, 150, 200]],
  [600, [0, 200, 400, 600]],
  [0.37, [0, 0.1, 0.2, 0.3, 0.4]],
  [0, [0, 1]],
])('%d has the ticks %j', (highest, ticks) => {
  expect(ticksTo(highest)).toEqual(ticks);
});

test('the last tick holds the highest value, in at most five steps or one more', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (highest) => {
      const ticks = ticksTo(highest);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(highest * (1 - 1e-6));
      expect(ticks.at(-2)).toBeLessThan(highest);
      expect(ticks.length).toBeLessThanOrEqual(6);
    }),
  );
});

test('a point of the data has its place', () => {
  const place = placing({ left: 50, right: 150, top: 10, bottom: 110 }, 10, 4);
  expect([place({ x: 0, y: 0 }), place({ x: 10, y: 4 }), place({ x: 5, y: 1 })]).toEqual([
    { x: 50, y: 110 },
    { x: 150, y: 10 },
    { x: 100, y: 85 },
  ]);
  expect(path([place({ x: 0, y: 0 }), place({ x: 10, y: 4 })])).toBe('M50.0 110.0L150.0 10.0');
});
