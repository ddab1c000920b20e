import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, startBench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const acme = { phone: '106540352242922', waba: '102290129340398' };

async function graph(
  path: string,
  { method = 'GET', token = 'demo-token-acme', body = undefined as unknown } = {},
) {
  const response = await fetch(`${bench.meta.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

test('a number tells the fields that were asked for', async () => {
  expect(await graph(`/v25.0/${acme.phone}?fields=display_phone_number,status,quality_rating`)).toEqual({
    status: 200,
    body: {
      id: acme.phone,
      display_phone_number: '+1 555-078-3881',
      status: 'CONNECTED',
      quality_rating: 'GREEN',
    },
  });
});

test.each([
  [`/v25.0/${acme.phone}?fields=colour`, {}, 400, 100],
  ['/v25.0/1', {}, 400, 100],
  [`/v25.0/${acme.phone}`, { token: 'nobody' }, 401, 190],
  [`/v25.0/${acme.phone}`, { token: 'demo-token-globex' }, 400, 100],
  [`/v25.0/${acme.phone}/nothing`, { method: 'POST', body: {} }, 400, 100],
  ['/', {}, 400, 2500],
  [`/${acme.phone}/messages`, { method: 'POST', body: {} }, 400, 2500],
])('%s is refused', async (path, more, status, code) => {
  expect(await graph(path, more)).toMatchObject({ status, body: { error: { code } } });
});

test('a WABA lists its numbers', async () => {
  const { body } = await graph(`/v25.0/${acme.waba}/phone_numbers?fields=verified_name`);
  expect(body).toMatchObject({ data: [{ id: acme.phone, verified_name: 'Acme Solar' }] });
});

test.each([
  [
    '634974688087057|demo-app-secret',
    'demo-token-acme',
    200,
    { data: { is_valid: true, app_id: '634974688087057' } },
  ],
  ['634974688087057|demo-app-secret', 'nobody', 200, { data: { is_valid: false } }],
  ['634974688087057|wrong', 'demo-token-acme', 401, { error: { code: 190 } }],
])('debug_token as %s about %s', async (token, input, status, body) => {
  expect(await graph(`/v25.0/debug_token?input_token=${input}`, { token })).toMatchObject({ status, body });
});

test('an override is asked for its challenge, and then gets the webhooks', async () => {
  const webhooks = (await graph(`/v25.0/${acme.waba}/subscribed_apps`)).body;
  expect(webhooks).toMatchObject({ data: [{ whatsapp_business_api_data: { id: '634974688087057' } }] });

  const path = `/v25.0/${acme.waba}/subscribed_apps`;
  const override_callback_uri = `${bench.origin}/somewhere/else`;
  const wrong = { method: 'POST', body: { override_callback_uri, verify_token: 'wrong' } };
  expect(await graph(path, wrong)).toMatchObject({ status: 400, body: { error: { code: 2200 } } });
  const right = { method: 'POST', body: { override_callback_uri, verify_token: 'right' } };
  expect(await graph(path, right)).toEqual({ status: 200, body: { success: true } });
  expect((await graph(path)).body).toMatchObject({ data: [{ override_callback_uri }] });

  const hello = { phone_number_id: acme.phone, from: '16505551234', text: 'Hi' };
  await bench.control('/inbound', hello);
  expect(bench.got.at(-1)?.url).toBe('/somewhere/else');

  await graph(path, { method: 'DELETE' });
  expect((await bench.control('/inbound', hello)).body['delivered']).toEqual({ status: null });
  await graph(path, { method: 'POST' });
  await bench.control('/inbound', hello);
  expect(bench.got.at(-1)?.url).toBe('/api/webhooks/whatsapp');
});
