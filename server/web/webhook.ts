import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { answerWebhook, type ReadBody } from '#server/ingest/webhook-door.ts';

const address = '/api/webhooks/whatsapp';

/** What follows the webhook's address in a path, or undefined when the path is another one. */
export function webhookPath(pathname: string): string | undefined {
  if (pathname === address || pathname === `${address}/`) return '';
  return pathname.startsWith(`${address}/`) ? pathname.slice(address.length + 1) : undefined;
}

/** Answers a webhook without Next, whose route handlers cost 0.5 ms of CPU a request. */
export async function serveWebhook(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  path: string,
) {
  const { status, headers, body } = await answerWebhook({
    method: request.method ?? '',
    path,
    query: url.searchParams,
    signature: request.headers['x-hub-signature-256']?.toString(),
    contentLength: request.headers['content-length'],
    readBody: readerOf(request),
  });
  response.writeHead(status, headers).end(body);
  // What is left of a body that is too long, or one too many, is thrown away, but not for ever; a connection that is
  // closed on the sender at once takes the answer with it.
  if (headers['connection'] === 'close') setTimeout(() => request.destroy(), 1_000).unref();
}

/** By events: an async iterator over a request costs as much as the rest of reading it. */
export function readerOf(request: Readable): ReadBody {
  return (take) =>
    new Promise((resolve, reject) => {
      let isWanted = true;
      request.on('data', (chunk: Buffer) => {
        // What comes after a refusal is thrown away: nobody counts it any more.
        isWanted &&= take(chunk);
        if (!isWanted) resolve();
      });
      request.once('end', resolve);
      request.once('error', reject);
    });
}
