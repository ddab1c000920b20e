import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a page's form or a procedure may send. Bytes. */
const mostBytes = 1024 * 1024;

/**
 * Refuses a body that is too long, or whose length nobody says, before anybody reads it: what is behind this reads
 * bodies whole, also those of strangers. Returns whether it did.
 */
export function refuseLargeBody(request: IncomingMessage, response: ServerResponse): boolean {
  const isChunked = request.headers['transfer-encoding'] !== undefined;
  const isTooLong = Number(request.headers['content-length'] ?? 0) > mostBytes;
  if (!isChunked && !isTooLong) return false;
  response.writeHead(isTooLong ? 413 : 411, { connection: 'close', 'content-type': 'text/plain' });
  response.once('finish', () => request.destroy()).end(isTooLong ? 'Too large' : 'Say how long it is');
  return true;
}
