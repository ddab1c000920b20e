import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { freePort } from '#server/testing/free-port.ts';

testDatabase();

/** A web process, as far as modules go, with pages that only say that they were asked. */
async function start(settings: Record<string, string> = {}) {
  vi.resetModules();
  Object.assign(process.env, settings);
  const { startWeb } = await import('#server/web.ts');
  const port = await freePort();
  const pages = {
    serve: async (_: unknown, response: import('node:http').ServerResponse) => void response.end('a page'),
    close: async () => undefined,
  };
  return { port, stop: await startWeb({ port, pages }) };
}

const address = '/api/webhooks/whatsapp';
let port: number;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ port, stop } = await start());
});
afterAll(() => stop());

describe('a wish for another protocol is ignored, and the request answered at once', () => {
  test.each([
    ['GET /livez', 'websocket', '200'],
    ['GET /inbox', 'websocket', '200'],
    [`POST ${address}`, 'h2c', '401'],
  ])('%s, Upgrade: %s', async (line, upgrade, status) => {
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `${line} HTTP/1.1\r\nHost: parley\r\nConnection: Upgrade, close\r\nUpgrade: ${upgrade}\r\nContent-Length: 0\r\n\r\n`,
    );
    expect(await answerOn(socket)).toContain(`HTTP/1.1 ${status} `);
  });
});

test('of unsigned bodies no more than 64 MiB are held, however many come; the others are told to come again', async () => {
  // All of a body but its last byte: it is held until that comes.
  const body = Buffer.alloc(2_999_999, 'x');
  const head = `POST ${address} HTTP/1.1\r\nHost: parley\r\nConnection: close\r\nX-Hub-Signature-256: sha256=${'0'.repeat(64)}\r\nContent-Length: 3000000\r\n\r\n`;
  const answers = Array.from({ length: 40 }, () => {
    const socket = connect(port, '127.0.0.1');
    const answer = answerOn(socket);
    socket.write(head);
    socket.write(body);
    return { socket, answer };
  });
  const fits = Math.floor((64 * 1024 * 1024) / 3_000_000);
  const told = async () => {
    const settled = await Promise.all(
      answers.map(({ answer }) => Promise.race([answer, sleep(0, undefined)])),
    );
    return settled.filter((text) => text !== undefined);
  };
  await expect.poll(async () => (await told()).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(40 - fits);
  expect((await told()).length).toBeLessThan(40);

  // Whoever is held is answered, and what they held is free again.
  for (const { socket } of answers) if (!socket.destroyed) socket.write('x');
  const all = await Promise.all(answers.map(({ answer }) => answer));
  const refused = all.filter((text) => !text.startsWith('HTTP/1.1 401 '));
  for (const text of refused) expect(text).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: 1\r\n/i);
  expect(refused.length).toBeGreaterThanOrEqual(40 - fits);
  expect(refused.length).toBeLessThan(40);
  const after = await fetch(`http://127.0.0.1:${port}${address}`, { method: 'POST', body });
  expect(after.status).toBe(401);
}, 60_000);

describe('pages are asked for by https alone from then on', () => {
  const header = async (from: number, path: string) =>
    (await fetch(`http://127.0.0.1:${from}${path}`)).headers.get('strict-transport-security');

  test('where APP_URL is https', async () => {
    const web = await start({ APP_URL: 'https://parley.example' });
    expect(await header(web.port, '/inbox')).toBe('max-age=31536000');
    await web.stop();
  });

  test('and not where it is http: nobody could come any more', async () => {
    expect(await header(port, '/inbox')).toBeNull();
  });
});

/** All that comes until the other side closes. */
async function answerOn(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  // What is written to somebody who has answered and gone is lost, that is all.
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('close', resolve));
  return text;
}
