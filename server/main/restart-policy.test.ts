import fc from 'fast-check';
import { expect, test } from 'vitest';
import { restartDelay, startDelay } from './restart-policy.ts';

test('the first death is made good at once, the next ones with growing patience', () => {
  const delays = [1, 2, 3, 4, 5].map((count) =>
    restartDelay(
      Array.from({ length: count }, (_, index) => index * 100),
      count * 100,
    ),
  );
  expect(delays).toEqual([0, 250, 500, 1000, 2000]);
});

test('six deaths within a minute are too many', () => {
  expect(restartDelay([0, 1, 2, 3, 4, 5], 5)).toBeUndefined();
});

test('deaths that are more than a minute apart never end it', () => {
  const apart = fc.array(fc.integer({ min: 60_000, max: 10_000_000 }), { minLength: 1 });
  fc.assert(
    fc.property(apart, (pauses) => {
      const deaths = pauses.map((_, index) =>
        pauses.slice(0, index + 1).reduce((sum, pause) => sum + pause, 0),
      );
      expect(restartDelay(deaths, deaths.at(-1) ?? 0)).toBe(0);
    }),
  );
});

test('a start that fails is tried again every five seconds at the slowest, for five minutes', () => {
  const failures: number[] = [];
  let now = 0;
  for (let delay: number | undefined = 0; delay !== undefined; delay = startDelay(failures, now)) {
    expect(delay).toBeLessThanOrEqual(5_000);
    now += delay;
    failures.push(now);
  }
  expect(now).toBeGreaterThan(300_000);
  expect(now).toBeLessThan(310_000);
});
