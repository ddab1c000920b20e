import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startLine } from './pace.ts';

const perSecond = 80;

test('the first may leave at once, what comes with it is spread over the second', () => {
  const line = startLine(perSecond);
  const waits = Array.from({ length: 88 }, () => line.take(5_000));
  expect(waits.slice(0, 9).every((wait) => wait === 0)).toBe(true);
  expect(waits[87]).toBeCloseTo(987.5);
});

test('whenever places are asked for, no second has more than the rate and the little that a pause saves up', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 400 });
  fc.assert(
    fc.property(gaps, (given) => {
      const line = startLine(perSecond);
      let now = 0;
      const leaves = given.map((gap) => {
        now += gap;
        return now + line.take(now);
      });
      for (const [index, at] of leaves.entries()) {
        const inSecond = leaves.slice(index).filter((other) => other < at + 999.9).length;
        if (inSecond > perSecond + 9) return false;
      }
      return leaves.every((at, index) => index === 0 || at >= (leaves[index - 1] ?? 0));
    }),
  );
});

test('a slow trickle never waits', () => {
  const line = startLine(perSecond);
  for (let now = 0; now < 60_000; now += 13) expect(line.take(now)).toBe(0);
});

test('while it is held nothing leaves, and afterwards one after the other', () => {
  const line = startLine(perSecond);
  line.take(0);
  line.hold(1_000);
  expect([line.take(10), line.take(10)]).toEqual([990, 990 + 1_000 / perSecond]);
});
