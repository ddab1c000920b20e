import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { peerHeader } from '#server/auth/client-address.ts';
import { stopNotingArrivals } from '#server/channels/note-arrivals.ts';
import { disconnect } from '#server/db/client.ts';
import { env } from '#server/env.ts';
import { ingestDrained, longestIngestWait } from '#server/ingest/commit-events.ts';
import { boss, stopBoss } from '#server/jobs/boss.ts';
import { log } from '#server/log.ts';
import { requests } from '#server/metrics.ts';
import { tellPressure } from '#server/pressure/tell-pressure.ts';
import { stopListening } from '#server/realtime/listen.ts';
import { simulatedMeta } from '#server/simulated-meta.ts';
import { refuseLargeBody } from '#server/web/body-limit.ts';
import { mayReadMetrics, serveLivez, serveReadyz, tellEverythingIsUp } from '#server/web/health.ts';
import { serveMetrics } from '#server/web/metrics.ts';
import { serveSimulator } from '#server/web/sim-proxy.ts';
import { serveWebhook, webhookPath } from '#server/web/webhook.ts';

type Pages = {
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  close: () => Promise<void>;
};

// A request whose head or body is not there after this long is cut off; looked at every second. Milliseconds.
const mostWait = 20_000;
// What is in flight at the end gets this long; event streams never end by themselves.
const lastAnswers = 2_000;

type WebOptions = { port: number; pages?: Pages; slowest?: number };

/**
 * The process that listens on the port: webhook, health and metrics first, then the pages (with `pages`, from Next; as
 * role `ingest` without). Resolves once it listens; the returned function stops it in order.
 */
export async function startWeb({ port, pages, slowest = mostWait }: WebOptions) {
  let stopping = false;
  const isHttps = env().APP_URL.startsWith('https:');
  await boss();
  const server = createServer(
    {
      connectionsCheckingInterval: Math.min(1_000, slowest),
      // Only hot reload speaks another protocol; otherwise the header is ignored, as HTTP allows.
      shouldUpgradeCallback: () => env().NODE_ENV === 'development',
    },
    (request, response) => {
      // Else connections that are busy all the time would go on until the end cuts them.
      if (stopping) response.setHeader('connection', 'close');
      answer(request, response).catch((error: unknown) => {
        // A body that broke off, mostly: nobody is there to hear an answer.
        log().debug({ err: error }, 'a request broke off');
        if (!response.headersSent) response.writeHead(400, { connection: 'close' });
        response.end();
      });
    },
  );
  server.headersTimeout = slowest;
  server.requestTimeout = slowest;
  server.keepAliveTimeout = 65_000;

  async function answer(request: IncomingMessage, response: ServerResponse) {
    request.headers[peerHeader] = request.socket.remoteAddress ?? 'unknown';
    const url = new URL(request.url?.replace(/^\/+/, '/') ?? '/', 'http://parley');
    const count = (door: string) =>
      response.once('finish', () => requests.inc({ door, status: response.statusCode }));

    const path = webhookPath(url.pathname);
    if (path !== undefined) {
      count('webhook');
      return serveWebhook(request, response, url, path);
    }
    if (url.pathname === '/livez') return serveLivez(response);
    if (url.pathname === '/readyz') return serveReadyz(response, stopping);
    if (url.pathname === '/metrics' && mayReadMetrics(request)) return serveMetrics(response);
    const meta = simulatedMeta();
    if (url.pathname.startsWith('/_sim/') && meta && pages)
      return serveSimulator(request, response, url, meta);
    if (!pages || url.pathname === '/metrics' || url.pathname.startsWith('/_sim'))
      return void response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    count(url.pathname.startsWith('/api/trpc') ? 'trpc' : 'page');
    if (!isReadable(url.pathname))
      return void response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    if (refuseLargeBody(request, response)) return;
    // Whoever came by https once comes by nothing else for a year.
    if (isHttps) response.setHeader('strict-transport-security', 'max-age=31536000');
    return pages.serve(request, response).catch((error: unknown) => {
      log().error({ err: error, path: withoutToken(url.pathname) }, 'a page failed');
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end('Something went wrong on our side. Try again.');
    });
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, env().LISTEN_HOST, resolve);
  });
  const endPressure = tellPressure(longestIngestWait);
  log().info({ port, pages: pages !== undefined }, 'listening');

  return async function stop() {
    if (stopping) return;
    stopping = true;
    endPressure();
    const answered = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    await Promise.race([answered, sleep(lastAnswers)]);
    server.closeAllConnections();
    await ingestDrained();
    await stopNotingArrivals();
    await stopListening();
    await stopBoss();
    await pages?.close();
    await disconnect();
  };
}

/** For a log line: the end of a letter's link opens a door. */
export const withoutToken = (pathname: string): string =>
  pathname.replace(/^\/+(reset|confirm|invitations)\/.*/s, '/$1/…');

/** Whether the escapes in a path are UTF-8; a router that decodes others fails. */
function isReadable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

/** Words from `npm start` to this process. */
export function hearParent(message: unknown) {
  if (message instanceof Object && 'type' in message && message.type === 'all-ready') tellEverythingIsUp();
}

if (import.meta.main) {
  const withPages = !process.argv.includes('--ingest');
  const { serveUntilToldToStop } = await import('#server/process/serve-until-told-to-stop.ts');
  await serveUntilToldToStop(withPages ? 'web' : 'ingest', async () => {
    process.on('message', hearParent);
    const pages = withPages
      ? await (await import('#server/web/pages.ts')).startPages(process.argv.includes('--dev'))
      : undefined;
    return startWeb({ port: env().PORT, ...(pages && { pages }) });
  });
}
