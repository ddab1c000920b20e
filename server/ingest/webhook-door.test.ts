import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DELETE, GET, PATCH, POST, PUT } from '#app/api/webhooks/whatsapp/[[...channel]]/route.ts';
import { channelSecret } from '#server/channels/channel-secret.ts';
import { forgetChannels } from '#server/channels/find-channel.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { registry } from '#server/metrics.ts';
import { seal } from '#server/secrets/seal.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, sign, statusWebhook, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { freePort } from '#server/testing/free-port.ts';
import { startWeb } from '#server/web.ts';
import { mostBytes } from './webhook-door.ts';

const { owner } = testDatabase();
const address = '/api/webhooks/whatsapp';
const ownSecret = 'the secret of their own app';
let stopWeb: () => Promise<void>;
let port: number;
let tenant: TestTenant;
let own: TestTenant;

type Ask = {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | null;
};
type Answer = { status: number; headers: Headers; body: string };

async function askWeb({ method = 'POST', path = '', headers = {}, body = null }: Ask): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}${address}${path}`, {
    method,
    headers,
    body: body && Buffer.from(body),
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

const handlers = new Map([
  ['GET', GET],
  ['POST', POST],
  ['PUT', PUT],
  ['PATCH', PATCH],
  ['DELETE', DELETE],
]);

async function askRoute({ method = 'POST', path = '', headers = {}, body = null }: Ask): Promise<Answer> {
  const url = new URL(`http://parley${address}${path}`);
  const channel = url.pathname.slice(address.length).split('/').filter(Boolean);
  const request = new Request(url, {
    method,
    headers: { ...(body && { 'content-length': String(Buffer.byteLength(body)) }), ...headers },
    body: body && Buffer.from(body),
  });
  const handle = handlers.get(method) ?? POST;
  const response = await handle(request, { params: Promise.resolve({ channel }) });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

beforeAll(async () => {
  [tenant, own] = [await makeTenant({ bot: false }), await makeTenant({ bot: false })];
  const app = {
    appSecret: seal(ownSecret, channelSecret(own.id, 'app_secret')),
    verifyToken: seal('their token', channelSecret(own.id, 'verify_token')),
  };
  await asPlatform(({ db }) => db.channel.updateMany({ where: { tenantId: own.id }, data: app }));
  forgetChannels();
  port = await freePort();
  stopWeb = await startWeb({ port, slowest: 400 });
});

afterAll(async () => {
  await stopWeb();
});

beforeEach(async () => {
  await owner.query('delete from quarantine');
});

let count = 0;
const wamid = () => {
  count += 1;
  return `wamid.${count}`;
};
const has = async (id: string) =>
  (await owner.query('select from messages where wamid = $1', [id])).rowCount === 1;
const quarantine = async () =>
  (await owner.query('select reason, channel_key, payload from quarantine order by id')).rows;
const signed = (body: string | Uint8Array, secret?: string) => ({
  'x-hub-signature-256': sign(body, secret),
});

describe.each([
  ['the web process', askWeb],
  ['the route under app', askRoute],
])('%s', (_, ask) => {
  const post = (body: string | Uint8Array, part: Ask = {}) => ask({ body, headers: signed(body), ...part });
  const handshake = (query: string, path = '') => ask({ method: 'GET', path: `${path}?${query}` });

  describe('at Meta’s handshake', () => {
    const right = 'hub.mode=subscribe&hub.verify_token=demo-verify-token&hub.challenge=115';

    test('gives the challenge back as plain text', async () => {
      const answer = await handshake(right);
      expect([answer.status, answer.body]).toEqual([200, '115']);
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    });

    test('gives any challenge back as it is', async () => {
      const challenge = '<b>é & "1"</b>';
      const answer = await handshake(
        `hub.mode=subscribe&hub.verify_token=demo-verify-token&hub.challenge=${encodeURIComponent(challenge)}`,
      );
      expect(answer.body).toBe(challenge);
    });

    test.each([
      ['nothing', ''],
      ['another token', right.replace('demo-verify-token', 'demo-verify-tokem')],
      ['no token', 'hub.mode=subscribe&hub.challenge=115'],
      ['another mode', right.replace('subscribe', 'unsubscribe')],
      ['no challenge', right.replace('&hub.challenge=115', '')],
      ['a token of another length', right.replace('demo-verify-token', 'demo')],
      ['a token that is not ASCII', right.replace('demo-verify-token', 'd%C3%A9mo')],
    ])('refuses %s', async (_name, query) => {
      expect((await handshake(query)).status).toBe(403);
    });

    test('takes a channel’s own token at its own door, and only there', async () => {
      const theirs = right.replace('demo-verify-token', 'their+token');
      expect((await handshake(theirs, `/${own.slug}`)).status).toBe(200);
      expect((await handshake(right, `/${own.slug}`)).status).toBe(403);
      expect((await handshake(theirs)).status).toBe(403);
      expect((await handshake(right, `/${tenant.slug}`)).status).toBe(200);
    });

    test('knows no door of an unknown key', async () => {
      expect((await handshake(right, '/nobody')).status).toBe(404);
    });
  });

  describe('a signed webhook', () => {
    test('is answered 200 once its row is there', async () => {
      const id = wamid();
      const answer = await post(textWebhook(tenant.phoneNumberId, { wamid: id }));
      expect([answer.status, answer.body]).toEqual([200, '']);
      expect(await has(id)).toBe(true);
    });

    test('is signed over its bytes, not over what they say', async () => {
      const id = wamid();
      const escaped = textWebhook(tenant.phoneNumberId, { wamid: id, text: 'ä' })
        .replace('ä', '\\u00e4')
        .replaceAll('/', '\\/');
      expect((await post(escaped)).status).toBe(200);
      expect(await has(id)).toBe(true);
    });

    test.each([
      ['nothing at all', '', 'not-json'],
      ['no JSON', 'hello', 'not-json'],
      ['an unknown object', '{"object":"page"}', 'unknown-object'],
      ['an unknown number', textWebhook('1', { wamid: 'w' }), 'unknown-number'],
      ['a status of an unknown number', statusWebhook('1', [{ id: 'w', status: 'sent' }]), 'unknown-number'],
    ])('that is %s is answered 200, kept and counted', async (_name, body, reason) => {
      const before = await counted();
      expect((await post(body)).status).toBe(200);
      expect(await quarantine()).toMatchObject([{ reason, channel_key: null }]);
      expect(await counted()).toBe(before + 1);
    });

    test('that is no JSON is kept as it came', async () => {
      const body = Buffer.from([0x00, 0xff, 0x7b]);
      expect((await post(body)).status).toBe(200);
      expect((await quarantine())[0].payload).toEqual(body);
    });

    test('of exactly three mebibytes is taken', async () => {
      const id = wamid();
      const short = textWebhook(tenant.phoneNumberId, { wamid: id, text: 'FILL' });
      const body = short.replace('FILL', 'x'.repeat(mostBytes - Buffer.byteLength(short) + 4));
      expect(Buffer.byteLength(body)).toBe(mostBytes);
      expect((await post(body)).status).toBe(200);
      expect(await has(id)).toBe(true);
    });

    test('of a byte more is refused with 413, rightly signed or not', async () => {
      const body = new Uint8Array(mostBytes + 1);
      expect((await post(body)).status).toBe(413);
      expect((await post(body, { headers: {} })).status).toBe(413);
    });

    test('that says it is encoded is not decoded', async () => {
      const id = wamid();
      const body = textWebhook(tenant.phoneNumberId, { wamid: id });
      const answer = await post(body, { headers: { ...signed(body), 'content-encoding': 'gzip' } });
      expect(answer.status).toBe(200);
      expect(await has(id)).toBe(true);
    });
  });

  describe('an unsigned webhook is answered 401 and leaves nothing', () => {
    test.each([
      ['without a header', () => undefined],
      ['with an empty one', () => ''],
      ['with a word', () => 'sha256=nonsense'],
      ['with one that is not ASCII', () => `sha256=${'é'.repeat(64)}`],
      ['signed with another secret', (body: string) => sign(body, ownSecret)],
      ['signed for other bytes', (body: string) => sign(`${body} `)],
      ['signed twice', (body: string) => `${sign(body)}, ${sign(body)}`],
    ])('%s', async (_name, header) => {
      const id = wamid();
      const body = textWebhook(tenant.phoneNumberId, { wamid: id });
      const given = header(body);
      const headers: Record<string, string> = given === undefined ? {} : { 'x-hub-signature-256': given };
      expect((await post(body, { headers })).status).toBe(401);
      expect(await has(id)).toBe(false);
      expect(await quarantine()).toEqual([]);
    });
  });

  test.each(['PUT', 'PATCH', 'DELETE'])('%s is answered 405 with what is allowed', async (method) => {
    const answer = await ask({ method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  describe('the door of one channel', () => {
    test('takes its own number, signed with its own app’s secret', async () => {
      const id = wamid();
      const body = textWebhook(own.phoneNumberId, { wamid: id });
      const path = `/${own.slug}`;
      expect((await post(body, { path })).status).toBe(401);
      expect((await post(body, { path, headers: signed(body, ownSecret) })).status).toBe(200);
      expect(await has(id)).toBe(true);
    });

    test('takes the platform’s signature where the channel has no app of its own', async () => {
      const id = wamid();
      expect(
        (await post(textWebhook(tenant.phoneNumberId, { wamid: id }), { path: `/${tenant.slug}` })).status,
      ).toBe(200);
      expect(await has(id)).toBe(true);
    });

    test.each([
      ['a message', (number: string) => textWebhook(number, { wamid: 'wamid.foreign' })],
      ['a status', (number: string) => statusWebhook(number, [{ id: 'wamid.foreign', status: 'read' }])],
    ])('keeps out %s of another channel’s number', async (_name, write) => {
      const body = write(tenant.phoneNumberId);
      const answer = await post(body, { path: `/${own.slug}`, headers: signed(body, ownSecret) });
      expect(answer.status).toBe(200);
      expect(await has('wamid.foreign')).toBe(false);
      expect(await quarantine()).toMatchObject([{ reason: 'other-channel', channel_key: own.slug }]);
      expect((await owner.query("select from early_statuses where wamid = 'wamid.foreign'")).rowCount).toBe(
        0,
      );
    });

    test.each([
      ['its own', () => own.wabaId, 'unhandled-field'],
      ['another', () => tenant.wabaId, 'other-channel'],
    ])('knows a template’s event of %s account by its id', async (_name, id, reason) => {
      const change = { field: 'message_template_status_update', value: { event: 'APPROVED' } };
      const body = JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [{ id: id(), changes: [change] }],
      });
      const answer = await post(body, { path: `/${own.slug}`, headers: signed(body, ownSecret) });
      expect(answer.status).toBe(200);
      expect(await quarantine()).toMatchObject([{ reason, channel_key: own.slug }]);
    });

    test.each(['/nobody', '/NOBODY', '/a%20b', `/${'x'.repeat(300)}`, '/__proto__'])(
      'is not there at %s',
      async (path) => {
        expect((await post('{}', { path })).status).toBe(404);
      },
    );

    test('has no rooms behind it', async () => {
      for (const path of [`/${tenant.slug}/more`, `/${tenant.slug}/more/rooms`])
        expect((await post('{}', { path })).status).toBe(404);
    });
  });
});

describe('the web process, byte by byte', () => {
  /** Writes the pieces and returns everything that came back until the other side closed. */
  async function talk(...pieces: (string | Buffer)[]) {
    const socket = connect(port, '127.0.0.1');
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    for (const piece of pieces) if (!socket.destroyed) socket.write(piece);
    await closed;
    return heard;
  }
  const head = (...lines: string[]) =>
    `POST ${address} HTTP/1.1\r\nHost: parley\r\n${lines.join('\r\n')}\r\n\r\n`;
  const alive = async () => (await fetch(`http://127.0.0.1:${port}/livez`)).status;

  test('answers 413 by what Content-Length says, before a byte of the body came', async () => {
    expect(await talk(head(`Content-Length: ${mostBytes + 1}`))).toMatch(/^HTTP\/1.1 413 /);
  });

  test('answers 413 to an endless body in chunks as soon as it is too long', async () => {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const framed = Buffer.concat([
      Buffer.from(`${chunk.length.toString(16)}\r\n`),
      chunk,
      Buffer.from('\r\n'),
    ]);
    const answer = await talk(
      head('Transfer-Encoding: chunked'),
      ...Array.from({ length: 60 }, () => framed),
    );
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });

  test('cuts off a head that does not come', async () => {
    expect(await talk(`POST ${address} HTTP/1.1\r\nHost: par`)).toMatch(/^(HTTP\/1.1 408 |$)/);
  });

  test('cuts off a body that does not come', async () => {
    expect(await talk(head('Content-Length: 100'), 'only this')).toMatch(/^(HTTP\/1.1 (408|400) |$)/);
  });

  test('cuts off a body that comes a byte at a time', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(head('Content-Length: 1000000'));
    const dripping = setInterval(() => socket.write('x'), 20);
    // A reset is a cut as well: `once` would take it for a failure.
    await new Promise((resolve) => socket.resume().once('close', resolve));
    clearInterval(dripping);
    expect(await alive()).toBe(200);
  });

  test('survives a body that breaks off', async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(head('Content-Length: 1000'));
    socket.write('half');
    socket.destroy();
    expect(await alive()).toBe(200);
  });

  test.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['TLS', Buffer.from('16030100a5010000a10303', 'hex')],
    ['an address that is none', 'GET http://[ HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a star', 'OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
    [
      'a broken escape',
      `POST ${address}/%ff%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    ],
    ['two lengths', head('Content-Length: 1', 'Content-Length: 2')],
    ['a length that is none', head('Content-Length: -5')],
    [
      'a flood of headers',
      head(...Array.from({ length: 3000 }, (_, index) => `X-${index}: ${'y'.repeat(50)}`)),
    ],
    ['a length beside chunks', `${head('Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\n`],
  ])('survives %s', async (_, bytes) => {
    expect(await talk(bytes)).not.toMatch(/^HTTP\/1.1 5/);
    expect(await alive()).toBe(200);
  });

  test('answers HEAD with 405 as well', async () => {
    expect((await fetch(`http://127.0.0.1:${port}${address}`, { method: 'HEAD' })).status).toBe(405);
  });
});

async function counted() {
  const metric = await registry.getSingleMetric('parley_webhook_quarantined_total')?.get();
  return metric?.values.reduce((sum, { value }) => sum + value, 0) ?? 0;
}
