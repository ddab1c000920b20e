import { createServer } from 'node:http';
import { type RunningMeta, startMeta } from './meta.ts';

type Fields = Record<string, unknown>;

/** A webhook as the receiver got it. */
type Got = {
  readonly url: string;
  readonly signature: string;
  readonly raw: string;
  readonly value: { messages?: Fields[]; statuses?: Fields[]; contacts?: Fields[]; metadata: Fields };
};

/** A simulated Meta and a product that is nothing but a receiver of webhooks; for tests. */
export type Bench = {
  readonly meta: RunningMeta;
  /** Where the receiver listens. */
  readonly origin: string;
  readonly got: Got[];
  /** What the receiver answers to the next webhooks, one each; then 200. null: nothing at all. */
  readonly answers: (number | null)[];
  statuses(): unknown[];
  /** Waits until as many webhooks have come. */
  until(count: number): Promise<void>;
  send(body: Fields, more?: { token?: string; phone?: string }): Promise<{ status: number; body: Fields }>;
  text(more?: Fields): Fields;
  control(path: string, body?: unknown, method?: string): Promise<{ status: number; body: Fields }>;
  close(): Promise<void>;
};

export async function startBench(): Promise<Bench> {
  const got: Got[] = [];
  const answers: (number | null)[] = [];
  const waiting = new Set<() => void>();
  const receiver = createServer((request, response) => {
    let raw = '';
    request.setEncoding('utf8').on('data', (chunk) => {
      raw += chunk;
    });
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://product');
      const challenge = url.searchParams.get('hub.challenge');
      if (challenge) {
        response.writeHead(url.searchParams.get('hub.verify_token') === 'right' ? 200 : 403).end(challenge);
        return;
      }
      const signature = String(request.headers['x-hub-signature-256']);
      const value = JSON.parse(raw).entry[0].changes[0].value as Got['value'];
      got.push({ url: url.pathname, signature, raw, value });
      for (const wake of waiting) wake();
      const answer = answers.length > 0 ? answers.shift() : 200;
      if (typeof answer === 'number') response.writeHead(answer).end();
    });
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  const address = receiver.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const origin = `http://127.0.0.1:${port}`;
  const meta = await startMeta({ port: 0, webhookBase: origin });

  async function call(path: string, method: string, headers: Record<string, string>, body: unknown) {
    const response = await fetch(`${meta.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Fields };
  }

  const bench: Bench = {
    meta,
    origin,
    got,
    answers,
    statuses: () => got.flatMap(({ value }) => value.statuses ?? []).map(({ status }) => status),
    until: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (got.length < count) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    send: (body, { token = 'demo-token-acme', phone = '106540352242922' } = {}) =>
      call(`/v25.0/${phone}/messages`, 'POST', { authorization: `Bearer ${token}` }, body),
    text: (more = {}) => ({
      messaging_product: 'whatsapp',
      to: '+16505551234',
      type: 'text',
      text: { body: 'Hello' },
      ...more,
    }),
    control: (path, body, method = body === undefined ? 'GET' : 'POST') =>
      call(`/_sim${path}`, method, {}, body),
    close: async () => {
      await meta.close();
      receiver.closeAllConnections();
      await new Promise((done) => receiver.close(done));
    },
  };
  await bench.control('/behaviour', { sentAfterMs: 0, deliveredAfterMs: 5, retryFirstMs: 1, retryCapMs: 5 });
  return bench;
}
