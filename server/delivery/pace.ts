import { setTimeout as sleep } from 'node:timers/promises';

/** How fast one number sends. */
export type Pace = {
  /** Resolves when the next message may leave; those who ask wait in line. */
  turn: () => Promise<void>;
  /** Meta says that it was too fast, for which another process may be the reason: nothing leaves for a moment. */
  rest: () => void;
};

const restMs = 1_000;
// What a pause saves up, so that somebody who counts by the second never counts much more than the rate.
const savedMs = 100;

/** As many a second as it is given, evenly. */
export function makePace(perSecond: number): Pace {
  const line = startLine(perSecond);
  return {
    turn: async () => {
      const wait = line.take(performance.now());
      if (wait > 0) await sleep(wait);
    },
    rest: () => line.hold(performance.now() + restMs),
  };
}

/**
 * A token bucket that hands out its places ahead of time. `take` says how long to wait for the next one; `hold` gives
 * none out before that time. Milliseconds, by whatever clock.
 */
export function startLine(perSecond: number) {
  const apart = 1_000 / perSecond;
  // When the next place would be if nothing had been saved up.
  let next = Number.NEGATIVE_INFINITY;
  return {
    take(now: number): number {
      const at = Math.max(next, now - savedMs);
      next = at + apart;
      return Math.max(0, at - now);
    },
    hold(until: number) {
      next = Math.max(next, until);
    },
  };
}
