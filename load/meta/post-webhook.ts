import { Agent, request } from 'undici';
import { type Connections, openConnections } from '#load/wire/connections.ts';
import type { Behaviour } from './behaviour.ts';
import { sign } from './signed-json.ts';
import type { Exchange, Wire } from './wire.ts';

/** A webhook to be posted: `body` is escaped JSON, signed with `secret` as it is. */
export type Webhook = {
  readonly url: string;
  readonly secret: string;
  readonly body: string;
  readonly kind: Exchange['kind'];
  readonly summary: string;
  readonly onFirstAttempt?: (attempt: Attempt) => void;
  readonly onDelivered?: () => void;
};

/** What the product answered; null: nothing in time, or no connection. `ms` is how long it took. */
export type Attempt = { readonly status: number | null; readonly ms: number; readonly error?: string };

/** A port that refused is not knocked at again for so long: a product that is down shall not cost a core. */
const refusedForMs = 25;
const lookForTimeoutsMs = 50;

/** Posts once and never rejects. */
export type PostWebhook = (webhook: Webhook) => Promise<Attempt>;

export function createPoster(
  wire: Wire,
  knobs: () => Behaviour,
): { post: PostWebhook; close(): Promise<void> } {
  const agent = new Agent({ keepAliveTimeout: 30_000, pipelining: 1 });
  // Raw connections cost a third of what a client does, and load runs tell two statuses for each message.
  const raw = new Map<string, Connections>();
  const refusals = new Map<string, number>();
  const patience = setInterval(() => {
    for (const connections of raw.values()) connections.giveUp(performance.now() - knobs().webhookTimeoutMs);
  }, lookForTimeoutsMs).unref();

  async function post(webhook: Webhook): Promise<Attempt> {
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'facebookexternalua',
      'x-hub-signature-256': sign(webhook.secret, webhook.body),
    };
    const started = performance.now();
    const answer = await exchange(webhook, headers);
    const attempt = { ...answer, ms: performance.now() - started };
    wire.record({
      direction: 'to-parley',
      kind: webhook.kind,
      summary: webhook.summary,
      outcome: answer.error ?? String(answer.status),
      status: answer.status,
      ms: attempt.ms,
      method: 'POST',
      url: webhook.url,
      headers,
      request: webhook.body,
      response: '',
    });
    return attempt;
  }

  async function exchange(webhook: Webhook, headers: Headers): Promise<Omit<Attempt, 'ms'>> {
    if (performance.now() - (refusals.get(webhook.url) ?? -Infinity) < refusedForMs) return refused;
    const url = new URL(webhook.url);
    const answer = await (url.protocol === 'http:' ? plainly : securely)(webhook, url, headers);
    if (answer.error === refused.error) refusals.set(webhook.url, performance.now());
    return answer;
  }

  function plainly(
    { body }: Webhook,
    { origin, host, hostname, port, pathname, search }: URL,
    headers: Headers,
  ) {
    const connections =
      raw.get(origin) ??
      openConnections([{ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) }], 'newest');
    raw.set(origin, connections);
    const lines = Object.entries({ host, ...headers, 'content-length': Buffer.byteLength(body) }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    const request = Buffer.from(`POST ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
    return new Promise<Omit<Attempt, 'ms'>>((resolve) =>
      connections.send(request, (ending) =>
        resolve(
          'status' in ending
            ? { status: ending.status }
            : { status: null, error: ending.failure === 'ECONNREFUSED' ? refused.error : ending.failure },
        ),
      ),
    );
  }

  async function securely({ url, body }: Webhook, _: URL, headers: Headers) {
    const timeout = knobs().webhookTimeoutMs;
    try {
      const answer = await request(url, {
        ...{ dispatcher: agent, method: 'POST', headers, body },
        ...{ headersTimeout: timeout, bodyTimeout: timeout },
      });
      await answer.body.dump();
      return { status: answer.statusCode };
    } catch (error) {
      return { status: null, error: reasonOf(error) };
    }
  }

  return {
    post,
    close: () => {
      clearInterval(patience);
      for (const connections of raw.values()) connections.close();
      return agent.destroy();
    },
  };
}

type Headers = Readonly<Record<string, string>>;

const refused = { status: null, error: 'connection refused' } as const;

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  const { code } = error as { code?: unknown };
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') return 'timeout';
  return code === 'ECONNREFUSED' ? refused.error : error.message || String(code);
}
