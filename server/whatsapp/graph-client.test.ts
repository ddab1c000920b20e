import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeGraphClient, sendToMeta } from './graph-client.ts';

type Answer = (response: ServerResponse, socket: Socket) => void;

let server: Server;
let answer: Answer;
let heard: { request: IncomingMessage; body: string }[] = [];

beforeAll(async () => {
  server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    heard.push({ request, body: await text(request) });
    answer(response, request.socket);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  process.env['GRAPH_API_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await closeGraphClient();
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  heard = [];
});

const send = (timeout?: number) => sendToMeta('1065', 'the token', { hello: 'Meta' }, timeout);

const answering =
  (status: number, body: string): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);

const accepted = answering(200, '{"messages":[{"id":"wamid.A"}]}');

test('a send is one POST with the token and the body', async () => {
  answer = accepted;
  expect(await send()).toEqual({ kind: 'accepted', wamid: 'wamid.A' });
  expect(heard).toHaveLength(1);
  expect(heard[0]?.request).toMatchObject({ method: 'POST', url: '/v25.0/1065/messages' });
  expect(heard[0]?.request.headers.authorization).toBe('Bearer the token');
  expect(JSON.parse(heard[0]?.body ?? '')).toEqual({ hello: 'Meta' });
});

describe('a no of Meta’s is refused, with its class', () => {
  test.each([
    [400, { code: 131047, message: 'Re-engagement' }, 'never'],
    [401, { code: 190, message: 'Expired', error_subcode: 463 }, 'account'],
    [400, { code: 130429, message: 'Rate limit hit' }, 'slow'],
    [400, { code: 131056, message: 'Pair rate limit hit' }, 'pair'],
    [429, { code: 42, message: 'Something new' }, 'slow'],
    [500, { code: 131000, message: 'Something went wrong' }, 'retry'],
    [503, { message: 'No code' }, 'retry'],
    [400, {}, 'never'],
  ])('HTTP %i %j', async (status, error, name) => {
    answer = answering(status, JSON.stringify({ error }));
    expect(await send()).toMatchObject({ kind: 'refused', class: name });
  });

  test('what it says goes into a row: without NUL and halves of pairs', async () => {
    const error = '{"code":1,"message":"a\\u0000b","error_data":{"details":"\\ud800"}}';
    answer = answering(400, `{"error":${error}}`);
    expect(await send()).toMatchObject({ failure: { title: 'a\uFFFDb', details: '\uFFFD' } });
  });
});

describe('nobody knows whether it was taken', () => {
  test.each([
    ['an error page of something between', 502, '<html>Bad gateway</html>'],
    ['a timeout of something between', 504, ''],
    ['another JSON', 500, '{"oops":true}'],
    ['a yes without an id', 200, '{}'],
    ['a yes with an id that is none', 200, '{"messages":[{"id":7}]}'],
    ['a yes with an id that no row can hold', 200, `{"messages":[{"id":"${'x'.repeat(1001)}"}]}`],
    ['a yes that is no JSON', 200, 'yes'],
    ['a redirect', 302, ''],
  ])('after %s', async (_, status, body) => {
    answer = answering(status, body);
    expect((await send()).kind).toBe('unknown');
  });

  test('when no answer comes in time', async () => {
    answer = () => undefined;
    expect(await send(50)).toEqual({ kind: 'unknown', why: 'TimeoutError' });
  });

  test('when half an answer comes', async () => {
    answer = (response) => response.writeHead(200, { 'content-length': '100' }).write('{"messages"');
    expect((await send(50)).kind).toBe('unknown');
  });

  test('when the line is cut after the request', async () => {
    answer = (_, socket) => socket.resetAndDestroy();
    expect((await send()).kind).toBe('unknown');
  });

  test('and it is asked once only', async () => {
    answer = (_, socket) => socket.destroy();
    await send();
    expect(heard).toHaveLength(1);
  });
});

test('a kept connection that the other side has closed meanwhile is replaced', async () => {
  let socket: Socket | undefined;
  answer = (response, used) => {
    socket = used;
    accepted(response, used);
  };
  await send();
  const closed = new Promise((resolve) => socket?.once('close', resolve));
  socket?.end();
  await closed;
  expect(await send()).toEqual({ kind: 'accepted', wamid: 'wamid.A' });
});

test('two hundred sends at once are all under way, none waits for another', async () => {
  const waiting: ServerResponse[] = [];
  const { promise: allThere, resolve } = Promise.withResolvers<void>();
  answer = (response) => {
    if (waiting.push(response) === 200) resolve();
  };
  const sends = Array.from({ length: 200 }, () => send());
  await allThere;
  for (const response of waiting) accepted(response, response.socket as Socket);
  expect(new Set((await Promise.all(sends)).map(({ kind }) => kind))).toEqual(new Set(['accepted']));
});

test('where nobody listens nothing was sent', async () => {
  await closeGraphClient();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  expect(await send()).toEqual({ kind: 'unsent', why: 'ECONNREFUSED' });
});
