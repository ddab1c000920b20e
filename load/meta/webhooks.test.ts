import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Bench, startBench } from './bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.close());

const inbound = (text: string, more: object = {}) =>
  bench.control('/inbound', { phone_number_id: '106540352242922', from: '16505551234', text, ...more });

test('what a person writes comes signed, escaped and in Meta’s envelope', async () => {
  const { body } = await inbound('Grüße 🙂');
  const [got] = bench.got;
  expect(body).toEqual({ id: expect.stringMatching(/^wamid\./), delivered: { status: 200 } });
  expect(got?.raw).toContain('Gr\\u00fc\\u00dfe \\ud83d\\ude42');
  const hmac = createHmac('sha256', 'demo-app-secret')
    .update(got?.raw ?? '')
    .digest('hex');
  expect(got?.signature).toBe(`sha256=${hmac}`);
  expect(got?.url).toBe('/api/webhooks/whatsapp');
  expect(got?.value).toEqual({
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550783881', phone_number_id: '106540352242922' },
    contacts: [{ profile: { name: 'Alex Lind' }, wa_id: '16505551234', user_id: 'US.13491208655302741918' }],
    messages: [
      {
        from: '16505551234',
        from_user_id: 'US.13491208655302741918',
        id: body['id'],
        timestamp: expect.stringMatching(/^\d{10}$/),
        type: 'text',
        text: { body: 'Grüße 🙂' },
      },
    ],
  });
});

test('a tenant’s own app has its own address and secret', async () => {
  await inbound('Hi', { phone_number_id: '106540352242925' });
  const [got] = bench.got;
  expect(got?.url).toBe('/api/webhooks/whatsapp/globex-own');
  const hmac = createHmac('sha256', 'globex-app-secret')
    .update(got?.raw ?? '')
    .digest('hex');
  expect(got?.signature).toBe(`sha256=${hmac}`);
});

test('who hides the number is a business-scoped id with a username', async () => {
  await inbound('Hi', { from: undefined, from_user_id: 'VN.47730915286640127395' });
  const { contacts, messages } = bench.got[0]?.value ?? {};
  expect(contacts).toEqual([
    { profile: { name: 'Bao Nguyen', username: 'bao.nguyen' }, user_id: 'VN.47730915286640127395' },
  ]);
  expect(messages?.[0]).not.toHaveProperty('from');
});

test.each([
  [
    { button_reply: { id: 'a', title: 'A' } },
    { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'a', title: 'A' } } },
  ],
  [
    { list_reply: { id: 'a', title: 'A' } },
    { type: 'interactive', interactive: { type: 'list_reply', list_reply: { id: 'a', title: 'A' } } },
  ],
  [
    { type: 'location', location: { latitude: 1, longitude: 2 } },
    { type: 'location', location: { latitude: 1, longitude: 2 } },
  ],
  [
    { message: { type: 'button', button: { payload: 'a', text: 'A' } } },
    { type: 'button', button: { payload: 'a', text: 'A' } },
  ],
  [
    { text: 'A', context: 'wamid.a' },
    { text: { body: 'A' }, context: { from: '15550783881', id: 'wamid.a' } },
  ],
  [
    { text: 'A', id: 'wamid.mine', timestamp: 1750000000 },
    { id: 'wamid.mine', timestamp: '1750000000' },
  ],
])('%j is written as %j', async (request, message) => {
  await inbound('', { text: undefined, ...request });
  expect(bench.got[0]?.value.messages).toMatchObject([message]);
});

test('a message is sent and then delivered, and its statuses carry what came with it', async () => {
  await bench.send(bench.text({ biz_opaque_callback_data: 'mine' }));
  await bench.until(2);
  expect(bench.statuses()).toEqual(['sent', 'delivered']);
  expect(bench.got[0]?.value.statuses?.[0]).toEqual({
    id: expect.stringMatching(/^wamid\./),
    status: 'sent',
    timestamp: expect.stringMatching(/^\d{10}$/),
    recipient_id: '16505551234',
    recipient_user_id: 'US.13491208655302741918',
    biz_opaque_callback_data: 'mine',
    pricing: { billable: false, pricing_model: 'PMP', type: 'free_customer_service', category: 'service' },
  });
});

test('the list of messages tells when each status was heard', async () => {
  bench.answers.push(500);
  await bench.send(bench.text());
  await bench.until(3);
  await expect
    .poll(async () => (await bench.control('/messages')).body)
    .toMatchObject({
      messages: [{ heard: { sent: expect.any(String), delivered: expect.any(String) } }],
    });
});

test('statuses can be left out altogether', async () => {
  await bench.control('/behaviour', { statuses: false });
  await bench.send(bench.text());
  const { body } = await bench.control('/health');
  expect(body).toMatchObject({ pending: { webhooks: 0, statuses: 0 } });
  expect(bench.got).toEqual([]);
});

test('somebody unknown stays a number in statuses', async () => {
  await bench.send(bench.text({ to: '4915112345678' }));
  await bench.until(1);
  expect(bench.got[0]?.value).not.toHaveProperty('contacts');
  expect(bench.got[0]?.value.statuses?.[0]).not.toHaveProperty('recipient_user_id');
});

test.each([131026, 131049, 131050, 130472, 131053, 131042])(
  'a number that ends in %i fails',
  async (code) => {
    await bench.send(bench.text({ to: `1650${code}` }));
    await bench.send(bench.text());
    await bench.until(3);
    const failed = bench.got
      .flatMap(({ value }) => value.statuses ?? [])
      .filter((s) => s['recipient_id'] === `1650${code}`);
    expect(failed).toMatchObject([
      { status: 'failed', errors: [{ code, error_data: { details: expect.any(String) } }] },
    ]);
  },
);

test('a business-scoped id in the place of a number never arrives', async () => {
  await bench.send(bench.text({ to: 'VN.47730915286640127395' }));
  await bench.until(1);
  expect(bench.got[0]?.value.statuses).toMatchObject([{ status: 'failed', errors: [{ code: 131026 }] }]);
});

test('a rule lets the next message fail', async () => {
  await bench.control('/rules', { action: 'fail', code: 131049 });
  await bench.send(bench.text());
  await bench.until(1);
  expect(bench.got[0]?.value.statuses).toMatchObject([{ status: 'failed', errors: [{ code: 131049 }] }]);
});

test('a reaction is sent, and no more', async () => {
  await bench.send(
    bench.text({ type: 'reaction', text: undefined, reaction: { message_id: 'wamid.a', emoji: '👍' } }),
  );
  await bench.send(bench.text());
  await bench.until(3);
  expect(bench.statuses().toSorted()).toEqual(['delivered', 'sent', 'sent']);
});

test('a webhook that is not answered 200 comes again, the same to the byte', async () => {
  bench.answers.push(503, 500, 201);
  const { body } = await inbound('Hi');
  expect(body['delivered']).toEqual({ status: 503 });
  await bench.until(4);
  expect(new Set(bench.got.map(({ raw }) => raw)).size).toBe(1);
  expect((await bench.control('/health')).body).toMatchObject({ pending: { webhooks: 0 } });
});

test('a webhook that is never answered comes again', async () => {
  await bench.control('/behaviour', { webhookTimeoutMs: 20 });
  bench.answers.push(null);
  const { body } = await inbound('Hi');
  expect(body['delivered']).toEqual({ status: null, error: 'timeout' });
  await bench.until(2);
});

test('webhooks can come twice', async () => {
  await bench.control('/behaviour', { duplicateWebhooks: true });
  await inbound('Hi');
  await bench.until(2);
  expect(bench.got[0]?.raw).toBe(bench.got[1]?.raw);
});

test('delivered can come before sent', async () => {
  await bench.control('/behaviour', { reorder: 'reverse' });
  await bench.send(bench.text());
  await bench.until(2);
  expect(bench.statuses()).toEqual(['delivered', 'sent']);
});

test('delivered can be left out', async () => {
  await bench.control('/behaviour', { skipDelivered: true });
  await bench.send(bench.text());
  await bench.until(1);
  await expect.poll(() => read()).toBe(1);
  await bench.until(2);
  expect(bench.statuses()).toEqual(['sent', 'read']);
});

test('statuses can come in batches', async () => {
  await bench.control('/behaviour', { batchSize: 10, batchWaitMs: 1000 });
  await Promise.all(Array.from({ length: 5 }, () => bench.send(bench.text())));
  await bench.until(1);
  expect(bench.statuses()).toHaveLength(10);
  expect(bench.got[0]?.value.contacts).toHaveLength(1);
});

test('webhooks can be held and released', async () => {
  await bench.control('/behaviour', { holdWebhooks: true });
  expect((await inbound('Hi')).body['delivered']).toEqual({ status: null });
  expect((await bench.control('/health')).body).toMatchObject({ pending: { webhooks: 1 } });
  await bench.control('/behaviour', { holdWebhooks: false });
  await bench.until(1);
});

test('a message is read when its reader opens the chat', async () => {
  await bench.send(bench.text());
  await bench.until(2);
  expect(await read()).toBe(1);
  expect(await read()).toBe(0);
  await bench.until(3);
  expect(bench.statuses()).toEqual(['sent', 'delivered', 'read']);
});

test('reading can be kept quiet', async () => {
  await bench.control('/behaviour', { readOnOpen: false });
  await bench.send(bench.text());
  await bench.until(2);
  expect(await read()).toBe(1);
  await inbound('Hi');
  expect(bench.statuses()).toEqual(['sent', 'delivered']);
});

async function read() {
  const who = { phone_number_id: '106540352242922', from: '16505551234' };
  return (await bench.control('/read', who)).body['read'];
}
