import type { Ending } from '#load/wire/connections.ts';
import { createLatencies, type LatencySummary } from './latency.ts';

/** What came of the requests so far. */
export type Tally = {
  /** `index` of the webhook, `ms` from the moment that counts; null: it is no part of what is timed. */
  readonly note: (index: number, ms: number | null, ending: Ending) => void;
  readonly counts: () => TallyCounts;
  /** Of the answers 200 since the last call, and a new second begins. */
  readonly turnSecond: () => LatencySummary;
  readonly result: () => TallyResult;
};

export type TallyCounts = {
  readonly acknowledged: number;
  readonly refused: number;
  readonly failed: number;
};

export type TallyResult = {
  /** Webhooks that were answered 200, timed or not. */
  readonly acknowledged: number;
  /** Requests by the status that they were answered. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Requests without an answer, by why. */
  readonly failures: Readonly<Record<string, number>>;
  /** Milliseconds to each answer 200, and to each 503. */
  readonly latency: LatencySummary;
  readonly refusalLatency: LatencySummary;
  readonly refusedWithoutRetryAfter: number;
  /** Webhooks that were not answered 200: nothing was promised for them, and they may be stored all the same. */
  readonly unacknowledged: readonly number[];
};

export function createTally(): Tally {
  const statuses: Record<string, number> = {};
  const failures: Record<string, number> = {};
  const [all, second, refusals] = [createLatencies(), createLatencies(), createLatencies()];
  const unacknowledged: number[] = [];
  const counts = { acknowledged: 0, refused: 0, failed: 0 };
  let refusedWithoutRetryAfter = 0;

  function note(index: number, ms: number | null, ending: Ending) {
    if ('failure' in ending) {
      failures[ending.failure] = (failures[ending.failure] ?? 0) + 1;
      counts.failed += 1;
    } else {
      statuses[ending.status] = (statuses[ending.status] ?? 0) + 1;
      if (ending.status === 200) {
        counts.acknowledged += 1;
        if (ms !== null) for (const latencies of [all, second]) latencies.record(ms);
        return;
      }
      if (ending.status === 503) {
        counts.refused += 1;
        if (ms !== null) refusals.record(ms);
        if (ending.retryAfter === undefined) refusedWithoutRetryAfter += 1;
      } else counts.failed += 1;
    }
    unacknowledged.push(index);
  }

  return {
    note,
    counts: () => ({ ...counts }),
    turnSecond: () => {
      const summary = second.summary();
      second.clear();
      return summary;
    },
    result: () => ({
      acknowledged: counts.acknowledged,
      statuses,
      failures,
      latency: all.summary(),
      refusalLatency: refusals.summary(),
      refusedWithoutRetryAfter,
      unacknowledged,
    }),
  };
}
