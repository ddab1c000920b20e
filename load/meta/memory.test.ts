import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMeta } from './meta.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'meta-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const start = () =>
  startMeta({ port: 0, webhookBase: 'http://127.0.0.1:9', memory: path.join(folder, 'meta.json') });

test('a number that was made up, its PIN and its subscription are there after a restart', async () => {
  const first = await start();
  const made = await fetch(`${first.url}/_sim/numbers/fresh`, {
    method: 'POST',
    body: JSON.stringify({ verifiedName: 'Bakery' }),
  });
  const { phoneNumberId, wabaId, token } = await made.json();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const post = (path_: string, body?: object) =>
    fetch(`${first.url}/v25.0/${path_}`, {
      method: 'POST',
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
  await post(`${phoneNumberId}/register`, { messaging_product: 'whatsapp', pin: '123456' });
  await post(`${wabaId}/subscribed_apps`);
  await first.close();

  const second = await start();
  const get = async (path_: string) => (await fetch(`${second.url}/v25.0/${path_}`, { headers })).json();
  expect(await get(`${phoneNumberId}?fields=status,is_pin_enabled`)).toMatchObject({
    ...{ status: 'CONNECTED', is_pin_enabled: true },
  });
  expect((await get(`${wabaId}/subscribed_apps`)).data).toHaveLength(1);
  await second.close();
});

test('a file that is broken is none', async () => {
  writeFileSync(path.join(folder, 'meta.json'), '{"directory"');
  const meta = await start();
  const { numbers } = await (await fetch(`${meta.url}/_sim/numbers`)).json();
  expect(numbers).toHaveLength(4);
  await meta.close();
});
