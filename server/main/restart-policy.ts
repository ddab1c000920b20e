const quickMs = 60_000;
const tolerated = 5;

/**
 * How long to wait before a process that died is started again, in milliseconds: at once the first time, longer each
 * time it dies again within a minute. `undefined`: it has died too often.
 * @param deaths when it died so far, `now` included, in milliseconds of any clock
 */
export function restartDelay(deaths: readonly number[], now: number): number | undefined {
  const recent = deaths.filter((at) => now - at < quickMs).length;
  if (recent > tolerated) return undefined;
  return recent <= 1 ? 0 : 250 * 2 ** (recent - 2);
}

const slowestStart = 5_000;
const mostStarting = 300_000;

/**
 * How long to wait before a failed start is tried again, in milliseconds, for a process that was up before: what it
 * needs (the database, say) may be away for a while. `undefined`: nothing has helped for five minutes.
 * @param failures when its starts failed since it was last up, `now` included, in milliseconds of any clock
 */
export function startDelay(failures: readonly number[], now: number): number | undefined {
  const [first = now] = failures;
  if (now - first > mostStarting) return undefined;
  return Math.min(slowestStart, 250 * 2 ** (failures.length - 1));
}
