/** Meta's time: the machine's, plus what was asked for by `/_sim/clock`. Milliseconds since 1970. */
export type Clock = {
  now(): number;
  offsetSeconds(): number;
  advance(seconds: number): void;
  reset(): void;
};

/** A clock that stands at the machine's time until it is moved. */
export function createClock(): Clock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    offsetSeconds: () => offset / 1000,
    advance: (seconds) => {
      offset += seconds * 1000;
    },
    reset: () => {
      offset = 0;
    },
  };
}

/** Webhook timestamps are strings of Unix seconds. */
export function unixSeconds(ms: number): string {
  return String(Math.floor(ms / 1000));
}
