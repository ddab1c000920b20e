import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';

// What a phone and the sign-up dialog can do; the rest of the simulator's controls are for tests, at its own port.
const toRead = new Set([
  'people',
  'numbers',
  'chat',
  'behaviour',
  'clock',
  'wire',
  'events',
  'signup',
  'signup-sdk.js',
]);
const toDo = new Set(['people', 'inbound', 'read', 'behaviour', 'clock', 'wire/clear', 'signup']);

/** Another site's page must not play with the simulator of whoever looks at it. */
function isAllowed({ method, headers }: IncomingMessage, name: string): boolean {
  if (method === 'GET') return toRead.has(name);
  const { origin, host } = headers;
  const isOurs = origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
  return toDo.has(name) && isOurs && headers['sec-fetch-site'] !== 'cross-site';
}

/** Passes the simulated phone's calls on to the simulated Meta, so that the page needs only one address. */
export function serveSimulator(request: IncomingMessage, response: ServerResponse, url: URL, meta: string) {
  if (!isAllowed(request, url.pathname.slice('/_sim/'.length))) return void response.writeHead(404).end();
  // What signs somebody in at Parley is no business of the simulator's.
  const { cookie, authorization, ...headers } = request.headers;
  const passed = ask(
    `${meta}${url.pathname}${url.search}`,
    {
      method: request.method,
      headers: { ...headers, host: new URL(meta).host, connection: 'keep-alive' },
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      // An event stream that breaks off must break off in the browser too, which then opens it again.
      pipeline(answer, response, () => undefined);
    },
  );
  passed.on('error', () => {
    if (response.headersSent) return void response.destroy();
    response.writeHead(502, { 'content-type': 'application/json' });
    response.end('{"error":"The simulated Meta does not answer."}');
  });
  response.on('close', () => passed.destroy());
  request.pipe(passed);
}
