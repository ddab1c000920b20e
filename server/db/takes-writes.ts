import { asPlatform } from './as-platform.ts';
import { forgetRefusal, isRefusedWrite, wasRefused } from './refused-writes.ts';

// Milliseconds.
const probeEvery = 3_000;
let probedAt = Number.NEGATIVE_INFINITY;

/**
 * Whether PostgreSQL takes writes: no as long as it is read-only, and from a write that found no place on the disk until
 * it takes one again. Only then is one tried, of 2 MB that are gone at once, every three seconds at most: while all is
 * well this costs one question. Throws when the database does not answer.
 */
export async function takesWrites(now = performance.now()): Promise<boolean> {
  const [row] = await asPlatform(
    ({ db }) => db.$queryRaw<{ writable: boolean }[]>`
      select current_setting('transaction_read_only') = 'off' as writable`,
  );
  if (!row?.writable) return false;
  if (!wasRefused()) return true;
  if (now - probedAt < probeEvery) return false;
  probedAt = now;
  try {
    await asPlatform(
      ({ db }) => db.$executeRaw`
        create temporary table probe on commit drop as select md5(n::text) from generate_series(1, 30000) n`,
    );
  } catch (error) {
    // Anything else says nothing about the disk.
    if (isRefusedWrite(error)) return false;
  }
  forgetRefusal();
  return true;
}
