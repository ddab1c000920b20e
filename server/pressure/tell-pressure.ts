import { randomUUID } from 'node:crypto';
import { asPlatform } from '#server/db/as-platform.ts';
import { log } from '#server/log.ts';

const tellEvery = 1_000;
// Less than this is a usual day, and not worth a write. Milliseconds.
const worthTelling = 100;

/** Tells the workers once a second how long webhooks wait here, as long as they do. The returned function ends it. */
export function tellPressure(longestWait: () => number): () => void {
  const source = randomUUID();
  let told = 0;
  let telling = false;
  const timer = setInterval(() => {
    const wait = Math.round(longestWait());
    if (telling || Math.max(wait, told) < worthTelling) return;
    telling = true;
    write(source, wait)
      .then(() => {
        told = wait;
      })
      .catch((error: unknown) => log().debug({ err: error }, 'the pressure could not be told'))
      .finally(() => {
        telling = false;
      });
  }, tellEvery).unref();
  return () => clearInterval(timer);
}

const write = (source: string, wait: number) =>
  asPlatform(
    ({ db }) => db.$executeRaw`
      with gone as (delete from pressures where at < now() - interval '1 hour')
      insert into pressures (source, at, wait_ms) values (${source}, clock_timestamp(), ${wait})
      on conflict (source) do update set at = excluded.at, wait_ms = excluded.wait_ms`,
  );
