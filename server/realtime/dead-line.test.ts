import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#server/db/id.ts';
import { testDatabase } from '#server/testing/database.ts';
import { listen, pulse } from './listen.ts';

const { owner, url } = testDatabase();
const usual = { ...pulse };
const tenantId = newId();
let between: Server;
let lines: { near: Socket; far: Socket }[] = [];

beforeAll(async () => {
  const { hostname, port } = new URL(url);
  between = createServer((near) => {
    const far = dial(Number(port), hostname);
    lines.push({ near, far });
    for (const socket of [near, far]) socket.on('error', () => socket.destroy());
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
  const address = between.address();
  const through = new URL(url);
  through.port = String(address instanceof Object ? address.port : 0);
  process.env['DATABASE_URL'] = through.toString();
  Object.assign(pulse, { askEvery: 50, answerWithin: 2_000 });
});

afterAll(async () => {
  Object.assign(pulse, usual);
  for (const { near, far } of lines) {
    near.destroy();
    far.destroy();
  }
  await new Promise((resolve) => between.close(resolve));
});

/** As a router does that has forgotten a connection: nothing passes any more, and nobody is told. */
function swallow() {
  for (const { near, far } of lines) {
    near.unpipe(far);
    far.unpipe(near);
    near.resume();
    far.resume();
  }
  lines = [];
}

const tell = (id: string) =>
  owner.query("select pg_notify('parley_live', $1)", [
    JSON.stringify({ tenant: tenantId, conversations: [id] }),
  ]);

test('a line that died without a word is replaced, everybody fetches everything, and hears on', async () => {
  const heard: (string[] | null)[] = [];
  const stop = listen(tenantId, (conversations) => heard.push(conversations));
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual([null]);
  // A live one is left alone, however often it is asked.
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(lines).toHaveLength(1);

  swallow();
  await tell(newId());
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual([null, null]);
  const id = newId();
  await tell(id);
  await expect.poll(() => heard).toEqual([null, null, [id]]);
  stop();
}, 40_000);
