import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { applicationAddress } from '#server/db/application-client.ts';
import { log } from '#server/log.ts';
import { liveChannel, type News, readNotice } from './news.ts';
import { Topics } from './topics.ts';

/** How often the line is asked whether it lives, and how long it may take to answer. Milliseconds; a test makes them short. */
export const pulse = { askEvery: 10_000, answerWithin: 5_000 };

const changes = new Topics<News['conversations']>();
const losses = new Topics<void>();
let running: { stop: () => Promise<void> } | undefined;

/** Calls back at each change in the tenant until the returned function is called. One LISTEN serves the whole process. */
export function listen(tenantId: string, listener: (conversations: News['conversations']) => void) {
  running ??= startListening();
  return changes.add(tenantId, listener);
}

/**
 * Calls back when something was taken away from any of these (a session, a user, a tenant), until the returned function
 * is called. A notice may be missed, so ask by the clock too.
 */
export function listenForLoss(ids: readonly string[], listener: () => void) {
  running ??= startListening();
  const stops = ids.map((id) => losses.add(id, listener));
  return () => {
    for (const stop of stops) stop();
  };
}

export async function stopListening() {
  const stopping = running;
  running = undefined;
  await stopping?.stop();
}

/** A notice that was missed is nowhere to be had again, so whenever listening begins everybody is told to fetch everything. */
function startListening() {
  const stopped = new AbortController();
  const done = (async () => {
    while (!stopped.signal.aborted) {
      try {
        await listenUntilBroken(stopped.signal, () => {
          changes.tellAll(null);
        });
      } catch (error) {
        log().warn({ err: error }, 'live updates lost the database, trying again');
        await sleep(500, undefined, { signal: stopped.signal }).catch(() => undefined);
      }
    }
  })();
  return {
    stop: () => {
      stopped.abort();
      return done;
    },
  };
}

async function listenUntilBroken(stopped: AbortSignal, onReady: () => void) {
  const client = new pg.Client({
    connectionString: applicationAddress(),
    application_name: 'parley-live',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  const broken = Promise.withResolvers<void>();
  // It may break before anybody waits for it; then the question that was under way tells.
  broken.promise.catch(() => undefined);
  client.on('error', broken.reject);
  client.on('end', () => broken.resolve());
  client.on('notification', ({ payload }) => receive(payload));
  const end = () => void client.end().catch(() => undefined);
  stopped.addEventListener('abort', end, { once: true });
  try {
    await client.connect();
    await client.query(`listen ${liveChannel}`);
    onReady();
    await Promise.race([broken.promise, untilSilent(client, stopped)]);
    if (!stopped.aborted) throw new Error('the connection ended');
  } finally {
    stopped.removeEventListener('abort', end);
    end();
  }
}

/** A line that is dead without a word (a failover, a forgetful router) is found by asking; resolves when nothing answers. */
async function untilSilent(client: pg.Client, stopped: AbortSignal) {
  const unlessStopped = { signal: stopped, ref: false };
  while (!stopped.aborted) {
    await sleep(pulse.askEvery, undefined, unlessStopped).catch(() => undefined);
    const answered = await Promise.race([
      client.query('select 1').then(
        () => true,
        () => false,
      ),
      sleep(pulse.answerWithin, false, unlessStopped).catch(() => true),
    ]);
    if (!answered) return;
  }
}

function receive(payload = '') {
  const notice = readNotice(payload);
  if (!notice) log().warn('a notice was none of ours');
  else if ('access' in notice) losses.tell(notice.access);
  else changes.tell(notice.tenant, notice.conversations);
}
