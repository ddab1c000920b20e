import { createHistogram } from 'node:perf_hooks';

/** What a histogram says, in milliseconds. Without a value everything is 0. */
export type LatencySummary = {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
};

export type Latencies = {
  readonly record: (ms: number) => void;
  readonly summary: () => LatencySummary;
  readonly clear: () => void;
};

const mostMicroseconds = 600_000_000;

/** An HDR histogram from 1 µs to 10 minutes, three figures exact. */
export function createLatencies(): Latencies {
  const histogram = createHistogram({ lowest: 1, highest: mostMicroseconds, figures: 3 });
  return {
    record: (ms) => histogram.record(Math.min(mostMicroseconds, Math.max(1, Math.round(ms * 1000)))),
    summary: () => {
      if (histogram.count === 0)
        return { count: 0, mean: 0, p50: 0, p90: 0, p95: 0, p99: 0, p999: 0, max: 0 };
      const at = (percent: number) => histogram.percentile(percent) / 1000;
      return {
        count: histogram.count,
        mean: histogram.mean / 1000,
        ...{ p50: at(50), p90: at(90), p95: at(95), p99: at(99), p999: at(99.9) },
        max: histogram.max / 1000,
      };
    },
    clear: () => histogram.reset(),
  };
}
