import { Agent, request } from 'undici';
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

/** Posts once and never rejects. */
export type PostWebhook = (webhook: Webhook) => Promise<Attempt>;

export function createPoster(
  wire: Wire,
  knobs: () => Behaviour,
): { post: PostWebhook; close(): Promise<void> } {
  const agent = new Agent({ keepAliveTimeout: 30_000, pipelining: 1 });
  const refusals = new Map<string, number>();

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

  async function exchange(webhook: Webhook, headers: Record<string, string>) {
    const timeout = knobs().webhookTimeoutMs;
    if (performance.now() - (refusals.get(webhook.url) ?? -Infinity) < refusedForMs) return refused;
    try {
      const { statusCode, body } = await request(webhook.url, {
        dispatcher: agent,
        method: 'POST',
        headers,
        body: webhook.body,
        headersTimeout: timeout,
        bodyTimeout: timeout,
      });
      await body.dump();
      return { status: statusCode };
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === refused.error) refusals.set(webhook.url, performance.now());
      return { status: null, error: reason };
    }
  }

  return { post, close: () => agent.destroy() };
}

const refused = { status: null, error: 'connection refused' } as const;

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  const { code } = error as { code?: unknown };
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') return 'timeout';
  return code === 'ECONNREFUSED' ? refused.error : error.message || String(code);
}
