import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Bench, startBench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.control('/reset', {});
  await bench.control('/behaviour', { sentAfterMs: 0, deliveredAfterMs: 5 });
});

const sent = async () => (await bench.control('/messages')).body['messages'] as Record<string, never>[];

test('an accepted message has an id, and the contact as it was written and as it is', async () => {
  const { status, body } = await bench.send(bench.text());
  expect(status).toBe(200);
  expect(body).toMatchObject({
    messaging_product: 'whatsapp',
    contacts: [{ input: '+16505551234', wa_id: '16505551234' }],
  });
  expect(body).toHaveProperty('messages.0.id', expect.stringMatching(/^wamid\.HBg/));
});

test('a message to a business-scoped id is answered with it', async () => {
  const { body } = await bench.send(bench.text({ to: undefined, recipient: 'VN.47730915286640127395' }));
  expect(body['contacts']).toEqual([
    { input: 'VN.47730915286640127395', user_id: 'VN.47730915286640127395' },
  ]);
});

test('only templates say that they were accepted', async () => {
  const template = { name: 'hello_world', language: { code: 'en_US' } };
  const { body } = await bench.send(bench.text({ type: 'template', text: undefined, template }));
  expect(body).toHaveProperty('messages.0.message_status', 'accepted');
});

test.each([
  ['a wrong token', { token: 'nobody' }, 401, { code: 190, type: 'OAuthException' }],
  ['no token', { token: '' }, 401, { code: 104 }],
  ['somebody else’s token', { token: 'demo-token-globex' }, 400, { code: 100, error_subcode: 33 }],
  ['an unknown number', { phone: '1' }, 400, { code: 100, error_subcode: 33, type: 'GraphMethodException' }],
])('%s is refused', async (_what, more, status, error) => {
  const answer = await bench.send(bench.text(), more);
  expect(answer).toMatchObject({ status, body: { error: { ...error, fbtrace_id: expect.any(String) } } });
});

test('a wrong token is told in the header too', async () => {
  const response = await fetch(`${bench.meta.url}/v25.0/106540352242922/messages`, {
    method: 'POST',
    headers: { authorization: 'Bearer nobody' },
  });
  expect(response.headers.get('www-authenticate')).toMatch(/^OAuth "Facebook Platform" "invalid_token"/);
});

test('a number does not write to itself', async () => {
  const { body } = await bench.send(bench.text({ to: '15550783881' }));
  expect(body).toMatchObject({ error: { code: 131021 } });
});

test('who wrote more than 24 hours ago gets templates only', async () => {
  await bench.control('/inbound', { phone_number_id: '106540352242922', from: '16505551234', text: 'Hi' });
  await bench.control('/clock', { advanceSeconds: 86_390 });
  expect((await bench.send(bench.text())).status).toBe(200);
  await bench.control('/clock', { advanceSeconds: 10 });
  expect(await bench.send(bench.text())).toMatchObject({ status: 400, body: { error: { code: 131047 } } });
  const template = { name: 'hello_world', language: { code: 'en_US' } };
  expect((await bench.send(bench.text({ type: 'template', template }))).status).toBe(200);
});

test('the window is counted from Meta’s timestamp', async () => {
  const timestamp = Math.floor(Date.now() / 1000) - 90_000;
  await bench.control('/inbound', {
    phone_number_id: '106540352242922',
    from: '16505551234',
    text: 'Hi',
    timestamp,
  });
  expect(await bench.send(bench.text())).toMatchObject({ body: { error: { code: 131047 } } });
});

test('somebody who was never heard may be written to, unless the window is strict', async () => {
  expect((await bench.send(bench.text({ to: '4915112345678' }))).status).toBe(200);
  await bench.control('/behaviour', { window: 'strict' });
  expect((await bench.send(bench.text({ to: '4915112345678' }))).body).toMatchObject({
    error: { code: 131047 },
  });
});

test('a number that sends too fast is slowed down', async () => {
  await bench.control('/behaviour', { numberLimitPerSecond: 3 });
  const answers = await Promise.all(Array.from({ length: 6 }, () => bench.send(bench.text())));
  expect(answers.map(({ status }) => status)).toContain(400);
  expect(answers.find(({ status }) => status === 400)?.body).toMatchObject({ error: { code: 130429 } });
});

test('the pair limit is off, and takes 45 at once when it is on', async () => {
  await bench.control('/behaviour', { pairLimit: true, numberLimit: false });
  const codes = [];
  for (let count = 0; count < 46; count += 1) codes.push((await bench.send(bench.text())).status);
  expect(codes).toEqual([...Array(45).fill(200), 400]);
});

test('one knob answers every send with a rate limit', async () => {
  await bench.control('/behaviour', { rateLimited: true });
  expect((await bench.send(bench.text())).body).toMatchObject({ error: { code: 130429 } });
});

test('a rule refuses the next send that it is about', async () => {
  await bench.control('/rules', { action: 'refuse', code: 131000, http_status: 500, to: '+16505551234' });
  expect((await bench.send(bench.text({ to: '919820055512' }))).status).toBe(200);
  expect(await bench.send(bench.text())).toMatchObject({ status: 500, body: { error: { code: 131000 } } });
  expect((await bench.send(bench.text())).status).toBe(200);
});

test('a standing rule stays until it is deleted', async () => {
  const { body } = await bench.control('/rules', { action: 'refuse', code: 131016, times: null });
  expect((await bench.send(bench.text())).status).toBe(500);
  expect((await bench.send(bench.text())).status).toBe(500);
  await bench.control(`/rules?id=${body['id']}`, undefined, 'DELETE');
  expect((await bench.send(bench.text())).status).toBe(200);
});

test('a slow send is answered late, and answered', async () => {
  await bench.control('/rules', { action: 'slow', ms: 20 });
  expect((await bench.send(bench.text())).status).toBe(200);
});

test.each(['hang', 'reset'])('a send that meets a %s is never answered, and arrives', async (action) => {
  await bench.control('/rules', { action });
  const answer = fetch(`${bench.meta.url}/v25.0/106540352242922/messages`, {
    method: 'POST',
    headers: { authorization: 'Bearer demo-token-acme' },
    body: JSON.stringify(bench.text({ biz_opaque_callback_data: action })),
    signal: AbortSignal.timeout(200),
  });
  await expect(answer).rejects.toThrow();
  const heard = () =>
    bench.got
      .flatMap(({ value }) => value.statuses ?? [])
      .filter((status) => status['biz_opaque_callback_data'] === action);
  await expect.poll(heard).toMatchObject([{ status: 'sent' }, { status: 'delivered' }]);
  expect(await sent()).toMatchObject([{ answer: { status: 0, body: null }, accepted: true }]);
});

test('a send that hangs may also come to nothing', async () => {
  await bench.control('/rules', { action: 'reset', delivered: false });
  await expect(bench.send(bench.text())).rejects.toThrow();
  expect(await sent()).toMatchObject([{ answer: { status: 0, body: null }, accepted: false }]);
  expect((await bench.control('/health')).body).toMatchObject({ pending: { statuses: 0 } });
});

test('the messages are told in order, refused ones too, receipts not', async () => {
  await bench.send(bench.text({ text: { body: 'one' } }));
  await bench.send(bench.text({ text: { body: '' } }));
  await bench.send({ messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.a' });
  await bench.send(bench.text({ to: '919820055512' }));
  expect(await sent()).toMatchObject([
    {
      id: expect.stringMatching(/^wamid\./),
      phone_number_id: '106540352242922',
      to: '16505551234',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      request: bench.text({ text: { body: 'one' } }),
      answer: { status: 200, body: { messaging_product: 'whatsapp' } },
    },
    { to: '16505551234', answer: { status: 400, body: { error: { code: 100 } } } },
    { to: '919820055512' },
  ]);
});

test.each([
  ['?to=16505551234', 1],
  ['?to=%2B16505551234', 1],
  ['?to=+16505551234', 1],
  ['?to=VN.47730915286640127395', 1],
  ['?to=1', 0],
  ['?phone_number_id=106540352242922', 2],
  ['?phone_number_id=106540352242923', 0],
])('messages%s are %i', async (query, count) => {
  await bench.send(bench.text());
  await bench.send(bench.text({ to: undefined, recipient: 'VN.47730915286640127395' }));
  expect((await bench.control(`/messages${query}`)).body['messages']).toHaveLength(count);
});
