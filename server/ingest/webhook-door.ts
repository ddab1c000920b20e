import { answerHandshake, receiveWebhook } from './receive-webhook.ts';

/** A request at the webhook's address, whatever server took it. `path` is what follows the address, without slashes at the ends. */
export type WebhookRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  signature: string | undefined;
  contentLength: string | undefined;
  readBody: ReadBody;
};

/** Gives each chunk to `take` until there are no more or it answers false. Rejects when the body breaks off. */
export type ReadBody = (take: (chunk: Uint8Array) => boolean) => Promise<void>;

export type WebhookAnswer = { status: number; headers: Record<string, string>; body: string };

/** Meta's own limit for a payload. Bytes. */
export const mostBytes = 3 * 1024 * 1024;

/** Bodies that are being read or committed, of all requests together: nobody who reads one has shown a signature yet. */
const mostHeld = 64 * 1024 * 1024;
let held = 0;

/**
 * The exact answers of the webhook: 200, 401, 403, 404, 405 with Allow, 413, 503. A body that breaks off rejects;
 * everything else is an answer.
 */
export async function answerWebhook(request: WebhookRequest): Promise<WebhookAnswer> {
  const segments = request.path === '' ? [] : request.path.split('/');
  if (segments.length > 1) return answer(404);
  const channelKey = segments[0] ?? null;
  if (request.method === 'GET') {
    const shaken = await answerHandshake(request.query, channelKey);
    return shaken.status === 200
      ? { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: shaken.challenge }
      : answer(shaken.status);
  }
  if (request.method !== 'POST') return answer(405, { allow: 'GET, POST' });
  if (Number(request.contentLength ?? 0) > mostBytes) return answer(413, { connection: 'close' });
  const chunks: Uint8Array[] = [];
  let length = 0;
  let refused: WebhookAnswer | undefined;
  try {
    await request.readBody((chunk) => {
      length += chunk.length;
      held += chunk.length;
      if (length > mostBytes) refused = answer(413, { connection: 'close' });
      else if (held > mostHeld) refused = answer(503, { 'retry-after': '1', connection: 'close' });
      else chunks.push(chunk);
      return refused === undefined;
    });
    if (refused) return refused;
    const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    const { status } = await receiveWebhook(body, request.signature, channelKey);
    return answer(status, status === 503 ? { 'retry-after': '1' } : {});
  } finally {
    held -= length;
  }
}

function answer(status: number, headers: Record<string, string> = {}): WebhookAnswer {
  return { status, headers: { 'content-length': '0', ...headers }, body: '' };
}
