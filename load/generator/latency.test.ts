import { expect, test } from 'vitest';
import { createLatencies } from './latency.ts';

test('tells what was recorded, three figures exact', () => {
  const latencies = createLatencies();
  for (let ms = 1; ms <= 1000; ms += 1) latencies.record(ms);
  const { count, mean, p50, p95, p99, p999, max } = latencies.summary();
  expect(count).toBe(1000);
  for (const [found, wanted] of [
    [mean, 500.5],
    [p50, 500],
    [p95, 950],
    [p99, 990],
    [p999, 999],
    [max, 1000],
  ] as const)
    expect(Math.abs(found - wanted) / wanted).toBeLessThan(0.001);
});

test('keeps microseconds, and what is beyond its ends at its ends', () => {
  const latencies = createLatencies();
  for (const ms of [0.25, -3, 0, 10_000_000]) latencies.record(ms);
  expect(latencies.summary().count).toBe(4);
  expect(latencies.summary().p50).toBeLessThan(0.01);
  expect(latencies.summary().max).toBeGreaterThan(599_000);
});

test('says nothing of nothing, also after it was cleared', () => {
  const latencies = createLatencies();
  latencies.record(5);
  latencies.clear();
  expect(latencies.summary()).toEqual({
    ...{ count: 0, mean: 0, p50: 0, p90: 0 },
    ...{ p95: 0, p99: 0, p999: 0, max: 0 },
  });
});
