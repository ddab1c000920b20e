import { randomInt } from 'node:crypto';
import { request } from 'undici';
import { z } from 'zod';
import { authorizeWaba } from './authorize.ts';
import type { CallbackOverride } from './directory.ts';
import { graphError, invalidParameter } from './graph-errors.ts';
import type { GraphAnswer, GraphCall } from './graph-nodes.ts';
import type { Simulation } from './simulation.ts';

// Meta wants https; here the product listens on loopback without it.
const overrideRequest = z.object({
  override_callback_uri: z.url({ protocol: /^https?$/ }).max(200),
  verify_token: z.string().min(1),
});

/** `GET`, `POST` and `DELETE /{waba}/subscribed_apps`. An override is asked for its challenge before it is taken. */
export async function subscribedApps(simulation: Simulation, call: GraphCall): Promise<GraphAnswer> {
  const { directory } = simulation;
  const numbers = authorizeWaba(simulation, call);
  if ('body' in numbers) return numbers;
  if (call.method === 'GET') return { status: 200, body: { data: subscriptions(simulation, call.id) } };
  if (call.method === 'DELETE') {
    directory.unsubscribe(call.id);
    return { status: 200, body: { success: true } };
  }

  const wanted = { ...Object.fromEntries(call.query), ...(call.body as object | undefined) };
  if (!('override_callback_uri' in wanted)) {
    directory.subscribe(call.id);
    return { status: 200, body: { success: true } };
  }
  const parsed = overrideRequest.safeParse(wanted);
  if (!parsed.success) return invalidParameter('Param override_callback_uri or verify_token is not valid.');
  const override = { uri: parsed.data.override_callback_uri, verifyToken: parsed.data.verify_token };
  const problem = await verify(simulation, override);
  if (problem) {
    return graphError(
      400,
      2200,
      `(#2200) Callback verification failed with the following errors: ${problem}`,
    );
  }
  directory.subscribe(call.id, override);
  return { status: 200, body: { success: true } };
}

function subscriptions({ directory }: Simulation, wabaId: string) {
  const app = directory.app(directory.numbersOf(wabaId)[0]?.appId ?? '');
  if (!app || !directory.isSubscribed(wabaId)) return [];
  const override = directory.override(wabaId);
  return [
    {
      ...(override && { override_callback_uri: override.uri }),
      whatsapp_business_api_data: { id: app.appId, name: app.name, link: 'https://www.facebook.com/games/' },
    },
  ];
}

/** The handshake: the callback must answer 200 with the challenge. Answers what is wrong, if anything. */
async function verify(
  { wire }: Simulation,
  { uri, verifyToken }: CallbackOverride,
): Promise<string | undefined> {
  const challenge = String(randomInt(1_000_000_000, 2_000_000_000));
  const url = new URL(uri);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', verifyToken);
  const started = performance.now();
  const answer = await get(url);
  const ok = answer.status === 200 && answer.text === challenge;
  wire.record({
    direction: 'to-parley',
    kind: 'verify',
    summary: ok ? 'challenge answered' : 'challenge not answered',
    outcome: String(answer.status ?? 'no answer'),
    status: answer.status,
    ms: performance.now() - started,
    method: 'GET',
    url: url.href.replace(verifyToken, '…'),
    headers: {},
    request: '',
    response: answer.text.slice(0, 1000),
  });
  return ok ? undefined : `HTTP Status Code = ${answer.status ?? 'none'}; HTTP Message = no challenge`;
}

async function get(url: URL): Promise<{ status: number | null; text: string }> {
  try {
    const { statusCode, body } = await request(url, { headersTimeout: 10_000, bodyTimeout: 10_000 });
    return { status: statusCode, text: await body.text() };
  } catch {
    return { status: null, text: '' };
  }
}
