import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { env } from '#server/env.ts';
import { mayReadMetrics, serveLivez, serveReadyz } from './health.ts';
import { serveMetrics } from './metrics.ts';

/** Health and metrics of a process that serves nothing else. Resolves once it listens; the returned function ends it. */
export async function serveWatch(port: number): Promise<() => void> {
  const server = createServer(
    (request, response) => void answer(request, response).catch(() => response.destroy()),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, env().LISTEN_HOST, resolve);
  });
  return () => server.close().closeAllConnections();
}

async function answer(request: IncomingMessage, response: ServerResponse) {
  if (request.url === '/livez') return serveLivez(response);
  if (request.url === '/readyz') return serveReadyz(response, false);
  if (request.url === '/metrics' && mayReadMetrics(request)) return serveMetrics(response);
  response.writeHead(404).end();
}
