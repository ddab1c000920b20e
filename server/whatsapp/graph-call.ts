import { request } from 'undici';
import { env } from '#server/env.ts';
import { hideSecrets } from './hide-secrets.ts';
import { isObject, text } from './json.ts';

/** Meta's no. `code` and `subcode` are of its error object; null where it sent none. */
export type GraphRefusal = {
  status: number;
  code: number | null;
  subcode: number | null;
  message: string;
};

/** What became of a question to the Graph API. */
export type GraphReply =
  | { kind: 'answer'; body: Record<string, unknown> }
  | { kind: 'refused'; refusal: GraphRefusal }
  | { kind: 'unreachable'; why: string };

type Call = { method?: 'GET' | 'POST' | 'DELETE'; token: string; body?: object; patience?: number };

/** No answer after this long is none. Milliseconds. */
const usualPatience = 15_000;
const mostTold = 500;
const secretNames = new Set(['input_token', 'client_secret', 'code', 'pin', 'verify_token']);

/**
 * Asks the Graph API (`path` without the version). Never throws. Meta's words in the answer are without the secrets that
 * went with the question.
 */
export async function callGraph(
  path: string,
  { method = 'GET', token, body, patience = usualPatience }: Call,
): Promise<GraphReply> {
  const { GRAPH_API_URL, GRAPH_API_VERSION } = env();
  try {
    const answer = await request(`${GRAPH_API_URL}/${GRAPH_API_VERSION}/${path}`, {
      method,
      headers: {
        ...(token !== '' && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patience),
    });
    const read: unknown = await answer.body.json().catch(() => undefined);
    if (answer.statusCode === 200 && isObject(read)) return { kind: 'answer', body: read };
    const error = isObject(read) && isObject(read['error']) ? read['error'] : undefined;
    if (!error) return { kind: 'unreachable', why: `HTTP ${answer.statusCode} without an explanation` };
    const { message, ...refusal } = readRefusal(answer.statusCode, error);
    const told = hideSecrets(message, secretsIn(path, token, body)).slice(0, mostTold);
    return { kind: 'refused', refusal: { ...refusal, message: told } };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    return { kind: 'unreachable', why: isLate ? 'no answer in time' : code || 'no answer' };
  }
}

/** A token of an app is its id and its secret. */
function secretsIn(path: string, token: string, body: object = {}): string[] {
  const given = [...new URLSearchParams(path.split('?')[1] ?? ''), ...Object.entries(body)];
  const named = given.flatMap(([name, value]) => (secretNames.has(name) ? String(value) : []));
  return [token, ...token.split('|').slice(1), ...named];
}

function readRefusal(status: number, error: Record<string, unknown>): GraphRefusal {
  const number = (value: unknown) => (typeof value === 'number' && Number.isInteger(value) ? value : null);
  const data = isObject(error['error_data']) ? error['error_data'] : {};
  return {
    status,
    code: number(error['code']),
    subcode: number(error['error_subcode']),
    message:
      text(data['details']) ??
      text(error['error_user_msg']) ??
      text(error['message']) ??
      'No reason was given',
  };
}
