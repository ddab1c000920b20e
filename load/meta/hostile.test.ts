import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, startBench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const field = fc.constantFrom(
  ...[
    'messaging_product',
    'to',
    'recipient',
    'type',
    'text',
    'body',
    'interactive',
    'action',
    'buttons',
    'context',
  ],
  ...['phone_number_id', 'from', 'from_user_id', 'message', 'name', 'timestamp', '__proto__', 'toString'],
);
const anything = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    fc.constantFrom(
      'whatsapp',
      'text',
      'interactive',
      '16505551234',
      '106540352242922',
      '',
      '\0',
      '\ud800',
      1e300,
    ),
    fc.jsonValue(),
    fc.dictionary(field, tie('value')),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
})).value;

test.each([
  ['POST', '/v25.0/106540352242922/messages'],
  ['POST', '/v25.0/102290129340398/subscribed_apps'],
  ['POST', '/_sim/inbound'],
  ['POST', '/_sim/read'],
  ['POST', '/_sim/people'],
  ['POST', '/_sim/numbers'],
  ['POST', '/_sim/apps'],
  ['POST', '/_sim/rules'],
  ['PUT', '/_sim/behaviour'],
])('%s %s survives any JSON', async (method, path) => {
  await fc.assert(
    fc.asyncProperty(anything, async (body) => {
      const response = await fetch(`${bench.meta.url}${path}`, {
        method,
        headers: { authorization: 'Bearer demo-token-acme' },
        body: JSON.stringify(body) ?? '',
      });
      expect([200, 400, 401, 404]).toContain(response.status);
      await response.json();
    }),
    { numRuns: 60 },
  );
  await bench.control('/reset', {});
});

test.each([
  '//',
  '/%',
  '/v25.0',
  '/v25.0/',
  '/v25.0/a/b/c',
  '/v25.0/%00/messages',
  '/_sim',
  '/_sim/',
  '/_sim/__proto__',
])('the address %s is answered', async (path) => {
  const response = await raw(`GET ${path} HTTP/1.1\r\nHost: meta\r\nConnection: close\r\n\r\n`);
  expect(response).toMatch(/^HTTP\/1.1 4\d\d/);
});

test('another site’s page is shown the door', async () => {
  const headers = { 'sec-fetch-site': 'cross-site' };
  expect((await fetch(`${bench.meta.url}/_sim/reset`, { method: 'POST', headers })).status).toBe(403);
});

test('half a request does no harm', async () => {
  const head =
    'POST /v25.0/106540352242922/messages HTTP/1.1\r\nHost: meta\r\nContent-Length: 100\r\n\r\n{"mess';
  const socket = connect(Number(new URL(bench.meta.url).port), '127.0.0.1');
  await new Promise<void>((done) => socket.write(head, () => done()));
  socket.destroy();
  expect((await bench.control('/health')).status).toBe(200);
});

function raw(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(bench.meta.url).port), '127.0.0.1', () => socket.write(request));
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
