import { Agent, request } from 'undici';
import { env } from '#server/env.ts';
import { graphSeconds } from '#server/metrics.ts';
import type { MetaFailure } from './events.ts';
import { adviceFor, type FailureClass } from './failures.ts';
import { hideSecrets } from './hide-secrets.ts';
import { isObject, list, longestWamid, parseStorable, text } from './json.ts';
import { readFailure } from './read-status.ts';

/**
 * How a send ended. `refused`: Meta said no, and `class` whether later is any use. `unsent`: no byte reached it, later
 * is. `unknown`: it may have been taken, so it is never simply sent again.
 */
export type SendOutcome =
  | { kind: 'accepted'; wamid: string }
  | { kind: 'refused'; class: FailureClass; failure: MetaFailure }
  | { kind: 'unsent'; why: string }
  | { kind: 'unknown'; why: string };

/** No answer after this long is an unknown outcome. Milliseconds. */
export const graphTimeout = 20_000;

// Errors from before a connection stood: nothing was sent.
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_INVALID_ARG',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

let agent: Agent | undefined;

/** Hands one message to Meta over a kept-alive connection. Never throws. */
export async function sendToMeta(
  phoneNumberId: string,
  accessToken: string,
  body: object,
  timeout = graphTimeout,
): Promise<SendOutcome> {
  // As many connections as there are calls, which delivery bounds: a request that waits here for one until its time is
  // up would count as one that may have arrived.
  agent ??= new Agent({ connections: null, keepAliveTimeout: 4_000, connect: { timeout: 5_000 } });
  const done = graphSeconds.startTimer({ call: 'messages' });
  try {
    const answer = await request(
      `${env().GRAPH_API_URL}/${env().GRAPH_API_VERSION}/${phoneNumberId}/messages`,
      {
        dispatcher: agent,
        method: 'POST',
        headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeout),
      },
    );
    return readAnswer(answer.statusCode, await answer.body.text(), accessToken);
  } catch (error) {
    const code =
      error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
    const why = code || (error instanceof Error ? error.name : 'unknown');
    return neverLeft.has(code) ? { kind: 'unsent', why } : { kind: 'unknown', why };
  } finally {
    done();
  }
}

/** Ends the kept-alive connections once what is under way has its answer. */
export async function closeGraphClient() {
  await agent?.close();
  agent = undefined;
}

function readAnswer(status: number, source: string, accessToken: string): SendOutcome {
  const answer = parse(source);
  if (status === 200) {
    const first = list(answer['messages'])[0];
    const wamid = isObject(first) ? text(first['id']) : null;
    return wamid === null || wamid.length > longestWamid
      ? { kind: 'unknown', why: 'an answer without an id' }
      : { kind: 'accepted', wamid };
  }
  // Something between us and Meta gave up waiting: Meta itself may have taken the message.
  if (!isObject(answer['error'])) return { kind: 'unknown', why: `HTTP ${status} without an error object` };
  const { code, title, details } = readFailure(answer['error']);
  const told = (words: string) => hideSecrets(words, [accessToken]);
  const failure = { code, title: told(title), details: details === null ? null : told(details) };
  return { kind: 'refused', class: adviceFor(code, status).class, failure };
}

function parse(source: string): Record<string, unknown> {
  try {
    const value = parseStorable(source);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
