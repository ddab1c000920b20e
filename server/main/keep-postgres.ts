import { setTimeout as sleep } from 'node:timers/promises';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded-postgres.ts';
import { DiskFull, StartFailure } from './failure.ts';
import { restartDelay } from './restart-policy.ts';
import { say } from './say.ts';

/** How often a full disk is tried again. Milliseconds. */
const roomEvery = 2_000;

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
    say('PostgreSQL ended by itself; it is started again.');
    const back = await startAgain(options, events, deaths);
    if (!back) return;
    say('PostgreSQL is back.');
    ended = back.ended;
  }
}

/**
 * Tries until it runs, or until everything stops. A start that fails is one more death; a full disk is none, because
 * what waits for room is of more use than what has ended: webhooks are answered 503 meanwhile, and come again.
 */
async function startAgain(
  options: EmbeddedPostgresOptions,
  { isStopping }: KeepEvents,
  deaths: number[],
): Promise<EmbeddedPostgres | undefined> {
  let failure: unknown;
  for (let toldFull = false; ; ) {
    if (!(failure instanceof DiskFull)) deaths.push(performance.now());
    const delay = failure instanceof DiskFull ? roomEvery : restartDelay(deaths, performance.now());
    if (delay === undefined)
      throw (
        failure ??
        new StartFailure('PostgreSQL ends again and again: its log is postgres.log in the data folder.')
      );
    await sleep(delay);
    if (isStopping()) return undefined;
    try {
      return await startEmbeddedPostgres(options);
    } catch (error) {
      failure = error;
      if (error instanceof DiskFull && !toldFull)
        say('The disk is full: PostgreSQL is started again as soon as there is room.');
      toldFull ||= error instanceof DiskFull;
    }
  }
}
