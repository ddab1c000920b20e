import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { takesWrites } from '#server/db/takes-writes.ts';
import { env } from '#server/env.ts';

let everythingIsUp = false;

/** The word of `npm start` that migrations, seed, worker, simulated Meta and all are up. */
export const tellEverythingIsUp = () => {
  everythingIsUp = true;
};

/** Whether this process lives: it answers, that is all. */
export const serveLivez = (response: ServerResponse) => serveJson(response, 200, { ok: true });

/**
 * Whether this process can do its work: the database answers and takes writes, and what was started with it is up.
 * A database that only reads counts as none: a webhook that cannot be committed is answered 503.
 */
export async function serveReadyz(response: ServerResponse, stopping: boolean) {
  const started = everythingIsUp || env().PARLEY_SUPERVISED !== '1';
  const { database, writes } = await Promise.race([
    takesWrites().then(
      (takes) => ({ database: true, writes: takes }),
      () => ({ database: false, writes: false }),
    ),
    sleep(2_000, { database: false, writes: false }, { ref: false }),
  ]);
  const ok = started && database && writes && !stopping;
  serveJson(response, ok ? 200 : 503, { ok, database, writes, started, stopping });
}

/**
 * Metrics are for loopback, or for who has METRICS_TOKEN. A request that says a proxy passed it on is not from loopback;
 * a proxy on this machine that does not say so must not pass /metrics on.
 */
export function mayReadMetrics(request: IncomingMessage): boolean {
  const token = env().METRICS_TOKEN;
  if (token) return request.headers.authorization === `Bearer ${token}`;
  const peer = request.socket.remoteAddress ?? '';
  const isNear = peer === '::1' || peer.startsWith('127.') || peer.startsWith('::ffff:127.');
  return (
    isNear && request.headers['x-forwarded-for'] === undefined && request.headers.forwarded === undefined
  );
}

function serveJson(response: ServerResponse, status: number, body: object) {
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}
