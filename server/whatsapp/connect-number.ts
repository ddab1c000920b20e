import { request } from 'undici';
import { env } from '#server/env.ts';
import { hideSecrets } from './hide-secrets.ts';
import { isObject, list, text } from './json.ts';
import { readFailure } from './read-status.ts';

export type NumberAtMeta = {
  /** Digits, as webhooks carry it. */
  displayPhoneNumber: string;
  verifiedName: string;
};

type Access = { wabaId: string; accessToken: string };

// Milliseconds.
const patience = 20_000;

/** Meta did not do what was asked, or did not answer; the message says why in its own words. */
export class MetaSaidNo extends Error {}

/** The number as the account (WABA) lists it; undefined when it is not among the account's. Throws MetaSaidNo. */
export async function readNumber(
  { wabaId, accessToken }: Access,
  phoneNumberId: string,
): Promise<NumberAtMeta | undefined> {
  const fields = 'id,display_phone_number,verified_name';
  const answer = await ask('GET', `${wabaId}/phone_numbers?fields=${fields}&limit=200`, accessToken);
  const number = list(answer['data'])
    .filter(isObject)
    .find(({ id }) => id === phoneNumberId);
  return (
    number && {
      displayPhoneNumber: (text(number['display_phone_number']) ?? '').replaceAll(/\D/g, ''),
      verifiedName: text(number['verified_name']) ?? '',
    }
  );
}

/** Has the account's webhooks sent to the app that the token belongs to; without it none ever comes. Repeatable. Throws MetaSaidNo. */
export async function subscribeApp({ wabaId, accessToken }: Access): Promise<void> {
  await ask('POST', `${wabaId}/subscribed_apps`, accessToken);
}

async function ask(method: 'GET' | 'POST', path: string, accessToken: string) {
  const { GRAPH_API_URL, GRAPH_API_VERSION } = env();
  const answer = await request(`${GRAPH_API_URL}/${GRAPH_API_VERSION}/${path}`, {
    method,
    headers: { authorization: `Bearer ${accessToken}` },
    signal: AbortSignal.timeout(patience),
  }).catch((error: unknown) => {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
    throw new MetaSaidNo(`${GRAPH_API_URL} cannot be reached (${why})`);
  });
  const body: unknown = await answer.body.json().catch(() => undefined);
  if (answer.statusCode === 200 && isObject(body)) return body;
  const { code, title, details } = readFailure(isObject(body) ? body['error'] : undefined);
  const words = details ?? `${title} (HTTP ${answer.statusCode}, code ${code ?? 'none'})`;
  throw new MetaSaidNo(hideSecrets(words, [accessToken]));
}
