import type { RoundTrip } from './round-trips.ts';
import type { Course } from './scenario.ts';
import { replyLatency } from './turn-player.ts';

/** Turns by the slice of time in which they were to begin. */
export function courseOf(
  turns: readonly RoundTrip[],
  startedAt: number,
  sliceSeconds: number,
  slices: number,
): Course {
  const bySlice = Map.groupBy(turns, ({ at }) => Math.floor((at - startedAt) / 1000 / sliceSeconds));
  return {
    sliceSeconds,
    slices: Array.from({ length: slices }, (_, index) => {
      const inside = bySlice.get(index) ?? [];
      return {
        offered: inside.length / sliceSeconds,
        p95: inside.length === 0 ? null : replyLatency(inside).p95,
      };
    }),
  };
}
