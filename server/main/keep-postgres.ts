import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded-postgres.ts';
import { StartFailure } from './failure.ts';
import { restartDelay } from './restart-policy.ts';
import { say } from './say.ts';

export type KeepEvents = {
  readonly isStopping: () => boolean;
  readonly gaveUp: (error: unknown) => void;
};

/** Starts the embedded PostgreSQL and starts it again whenever it dies; the others reconnect by themselves. */
export async function keepPostgres(options: EmbeddedPostgresOptions, events: KeepEvents): Promise<void> {
  const { ended } = await startEmbeddedPostgres(options);
  void guard(ended, options, events).catch(events.gaveUp);
}

async function guard(
  first: Promise<void>,
  options: EmbeddedPostgresOptions,
  events: KeepEvents,
): Promise<void> {
  const deaths: number[] = [];
  for (let ended = first; ; ) {
    await ended;
    if (events.isStopping()) return;
    const now = performance.now();
    deaths.push(now);
    const delay = restartDelay(deaths, now);
    if (delay === undefined)
      throw new StartFailure('PostgreSQL ends again and again: its log is postgres.log in the data folder.');
    say('PostgreSQL ended by itself; it is started again.');
    await sleep(delay);
    if (events.isStopping()) return;
    ended = (await startEmbeddedPostgres(options)).ended;
    say('PostgreSQL is back.');
  }
}
