import type { IncomingMessage, ServerResponse } from 'node:http';
import { blockUsers } from './block-users.ts';
import { debugToken } from './debug-token.ts';
import { graphError, unknownObject, unknownPath } from './graph-errors.ts';
import { type GraphAnswer, type GraphCall, getNumber, getNumbers, getWaba } from './graph-nodes.ts';
import { answerJson, parseJson, readBody } from './http.ts';
import { register } from './register.ts';
import { sendMessage } from './send-message.ts';
import { accessToken } from './signups.ts';
import type { Simulation } from './simulation.ts';
import { subscribedApps } from './subscribed-apps.ts';
import { listTemplates } from './templates.ts';

/** The Graph API: everything outside `/_sim`. `started` is from `performance.now()`. */
export async function answerGraph(
  simulation: Simulation,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const started = performance.now();
  const body = await readBody(request);
  if (body === 'cut') return;
  if (body === 'too-large') {
    answerJson(response, 413, graphError(413, 1, 'Request Entity Too Large').body, { connection: 'close' });
    return;
  }
  const method = request.method ?? 'GET';
  const [, version, id = '', edge, more] =
    /^\/v(\d+\.\d+)\/([^/]+)(?:\/([^/]+))?(\/.*)?$/.exec(url.pathname) ?? [];
  if (version === undefined || more !== undefined) {
    const { status, body: error } = unknownPath(url.pathname);
    answerJson(response, status, error);
    return;
  }
  const token = tokenOf(request, url);
  const headers = { 'facebook-api-version': `v${version}` };
  if (isUnreachable(simulation, token, url)) {
    response.socket?.resetAndDestroy();
    return;
  }
  if (method === 'POST' && edge === 'messages') {
    answerSend(simulation, request, response, { id, token, raw: body.text, started, headers });
    return;
  }

  const call = {
    method,
    id,
    edge,
    token,
    query: parametersOf(request, url, body.text),
    body: parseJson(body.text),
  };
  const answer = await route(simulation, call);
  const more_headers = 'headers' in answer ? answer.headers : {};
  answerJson(response, answer.status, answer.body, { ...headers, ...more_headers });
  record(simulation, request, {
    kind: 'graph',
    summary: `${method} ${edge ?? id}`,
    outcome: answer.status === 200 ? 'accepted' : 'refused',
    status: answer.status,
    ms: performance.now() - started,
    request: body.text,
    response: JSON.stringify(answer.body),
  });
}

function route(simulation: Simulation, call: GraphCall): GraphAnswer | Promise<GraphAnswer> {
  const { method, id, edge } = call;
  const isWaba = simulation.directory.numbersOf(id).length > 0;
  if (edge === 'subscribed_apps') return subscribedApps(simulation, call);
  if (method === 'GET' && id === 'debug_token' && edge === undefined) return debugToken(simulation, call);
  if (method === 'GET' && id === 'oauth' && edge === 'access_token') return accessToken(simulation, call);
  if (method === 'POST' && (edge === 'register' || edge === 'deregister')) return register(simulation, call);
  if (edge === 'block_users') return blockUsers(simulation, call);
  if (method === 'GET' && edge === 'message_templates') return listTemplates(simulation, call);
  if (method === 'GET' && edge === 'phone_numbers') return getNumbers(simulation, call);
  if (method === 'GET' && edge === undefined) {
    return isWaba ? getWaba(simulation, call) : getNumber(simulation, call);
  }
  return unknownObject(method, id);
}

/** The token that a call is made with or is about: `access_token`'s holder cannot be reached, or nobody can. */
function isUnreachable({ behaviour, standings }: Simulation, token: string | undefined, url: URL): boolean {
  const tokens = [token, url.searchParams.get('input_token')];
  return behaviour().graphUnreachable || tokens.some((one) => one && standings.token(one).unreachable);
}

function answerSend(
  simulation: Simulation,
  request: IncomingMessage,
  response: ServerResponse,
  call: {
    id: string;
    token: string | undefined;
    raw: string;
    started: number;
    headers: Readonly<Record<string, string>>;
  },
): void {
  const { answer, afterMs, cut, line } = sendMessage(simulation, {
    phoneNumberId: call.id,
    token: call.token,
    raw: call.raw,
    body: parseJson(call.raw),
  });
  record(simulation, request, {
    ...line,
    status: cut ? null : answer.status,
    ms: performance.now() - call.started + afterMs,
    request: call.raw,
    response: cut ? '' : JSON.stringify(answer.body),
  });
  if (cut === 'hang') return;
  if (cut === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const reply = () =>
    answerJson(response, answer.status, answer.body, {
      ...call.headers,
      ...('headers' in answer && answer.headers),
    });
  if (afterMs > 0) setTimeout(reply, afterMs).unref();
  else reply();
}

function record(
  { wire }: Simulation,
  request: IncomingMessage,
  line: Omit<Parameters<Simulation['wire']['record']>[0], 'direction' | 'method' | 'url' | 'headers'>,
): void {
  const { authorization, 'content-type': type, 'user-agent': agent } = request.headers;
  wire.record({
    ...line,
    direction: 'from-parley',
    method: request.method ?? 'GET',
    url: (request.url ?? '').replace(/(access_token|input_token|client_secret|code)=[^&]*/g, '$1=…'),
    headers: {
      ...(authorization && { authorization: `${authorization.slice(0, 12)}…` }),
      ...(type && { 'content-type': type }),
      ...(agent && { 'user-agent': agent }),
    },
  });
}

function tokenOf(request: IncomingMessage, url: URL): string | undefined {
  const [, bearer] = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  return bearer ?? url.searchParams.get('access_token') ?? undefined;
}

/** The Graph API takes parameters from the address and from forms alike. */
function parametersOf(request: IncomingMessage, url: URL, text: string): URLSearchParams {
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  return isForm ? new URLSearchParams([...url.searchParams, ...new URLSearchParams(text)]) : url.searchParams;
}
