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
