import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Bench, startBench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.control('/reset', {});
  await bench.control('/behaviour', { sentAfterMs: 0, deliveredAfterMs: 1 });
});

const acme = '106540352242922';
const chat = async () =>
  (await bench.control(`/chat?phone_number_id=${acme}&with=16505551234`)).body['messages'];
const hello = (more: object = {}) => ({ phone_number_id: acme, from: '16505551234', text: 'Hi', ...more });

test.each([
  ['GET', '/nothing', undefined, 404],
  ['POST', '/health', {}, 404],
  ['POST', '/inbound', '{', 400],
  ['POST', '/inbound', {}, 400],
  ['POST', '/inbound', { phone_number_id: acme, text: 'Hi' }, 400],
  ['POST', '/inbound', { phone_number_id: '1', from: '16505551234' }, 400],
  ['POST', '/inbound', { phone_number_id: acme, from: 'alex' }, 400],
  ['POST', '/behaviour', { sentAfterMs: -1 }, 400],
  ['POST', '/behaviour', { mood: 'bad' }, 400],
  ['POST', '/rules', { action: 'explode' }, 400],
  ['DELETE', '/rules?id=99', undefined, 404],
  ['POST', '/clock', { advanceSeconds: 'a day' }, 400],
  ['POST', '/numbers', { phoneNumberId: '1' }, 400],
  ['POST', '/people', { name: 'Jo' }, 400],
  ['GET', '/chat', undefined, 400],
  ['POST', '/read', {}, 400],
  ['POST', '/inbound', JSON.stringify({ text: 'x'.repeat(1024 * 1024) }), 413],
])('%s %s with %j is answered %4$i and a sentence', async (method, path, body, status) => {
  const answer = await bench.control(path, body, method);
  expect(answer).toEqual({ status, body: { error: expect.any(String) } });
});

test('a chat is what the phone shows: bubbles, buttons, quotes, ticks', async () => {
  const { body: first } = await bench.control('/inbound', hello());
  const action = { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }] };
  const { body: answer } = await bench.send(
    bench.text({
      type: 'interactive',
      text: undefined,
      interactive: { type: 'button', body: { text: 'Well?' }, action },
    }),
  );
  await bench.send({ messaging_product: 'whatsapp', status: 'read', message_id: first['id'] });
  const asked = (answer['messages'] as { id: string }[])[0]?.id;
  await bench.control(
    '/inbound',
    hello({ text: undefined, button_reply: { id: 'yes', title: 'Yes' }, context: asked }),
  );
  await bench.send(bench.text({ text: { body: '' } }));

  expect(await chat()).toMatchObject([
    { id: first['id'], direction: 'in', kind: 'text', text: 'Hi', status: 'read' },
    { id: asked, direction: 'out', kind: 'button', text: 'Well?', buttons: [{ id: 'yes', title: 'Yes' }] },
    {
      direction: 'in',
      kind: 'button_reply',
      text: 'Yes',
      reply: { id: 'yes', title: 'Yes' },
      quoted: { id: asked, text: 'Well?' },
      status: 'delivered',
    },
  ]);
});

test('what the product has not taken yet has one tick', async () => {
  await bench.control('/behaviour', { retryFirstMs: 60_000 });
  bench.answers.push(503, 503);
  await bench.control('/inbound', hello());
  await expect.poll(() => bench.control('/health')).toMatchObject({ body: { pending: { webhooks: 1 } } });
  expect(await chat()).toMatchObject([{ status: 'sent' }]);
  await bench.control('/webhooks/retry', {});
  await expect.poll(chat).toMatchObject([{ status: 'delivered' }]);
});

test('people say how many messages they have not seen', async () => {
  await bench.send(bench.text());
  const people = async () => (await bench.control(`/people?phone_number_id=${acme}`)).body['people'];
  await expect.poll(people).toContainEqual(expect.objectContaining({ name: 'Alex Lind', unread: 1 }));
  expect(await people()).toContainEqual(
    expect.objectContaining({ name: 'Not on WhatsApp', failsWith: 131026 }),
  );
});

test('a person can be added, and is introduced by name', async () => {
  const { body } = await bench.control('/people', { name: 'Jo', waId: '+49 151 12345678' });
  expect(body).toMatchObject({
    name: 'Jo',
    waId: '4915112345678',
    userId: expect.stringMatching(/^DE\.\d{20}$/),
  });
});

test('a number can be added, and sends and receives', async () => {
  const number = {
    phoneNumberId: '777000777000',
    displayPhoneNumber: '15550100100',
    verifiedName: 'New',
    wabaId: '888000888000',
    token: 'new-token',
  };
  expect((await bench.control('/numbers', number)).body).toMatchObject({
    ...number,
    appId: expect.any(String),
  });
  const answer = await bench.send(bench.text(), { token: 'new-token', phone: number.phoneNumberId });
  expect(answer.status).toBe(200);
  const received = await bench.control('/inbound', hello({ phone_number_id: number.phoneNumberId }));
  expect(received.body).toMatchObject({ delivered: { status: 200 } });
});

test('lists tell no secrets', async () => {
  const lists = JSON.stringify([await bench.control('/numbers'), await bench.control('/apps')]);
  expect(lists).toContain('Acme Solar');
  expect(lists).not.toMatch(/demo-token|demo-app-secret|demo-verify-token/);
});

test('the wire shows both directions, numbered, with bodies and signature and without the token', async () => {
  await bench.control('/inbound', hello());
  await bench.send(bench.text());
  const { body } = await bench.control('/wire');
  const events = body['events'] as { seq: number }[];
  expect(events.slice(0, 2)).toMatchObject([
    {
      direction: 'to-parley',
      kind: 'message',
      summary: 'text, 2 characters',
      status: 200,
      detail: {
        headers: { 'x-hub-signature-256': expect.stringMatching(/^sha256=/) },
        request: { object: 'whatsapp_business_account' },
      },
    },
    {
      direction: 'from-parley',
      kind: 'send',
      summary: 'text to +16505551234',
      outcome: 'accepted',
      detail: { request: bench.text() },
    },
  ]);
  expect(JSON.stringify(events)).not.toContain('demo-token-acme');
  const { body: later } = await bench.control(`/wire?after=${events[0]?.seq}`);
  expect(later['events']).not.toContainEqual(expect.objectContaining({ seq: events[0]?.seq }));
});

test('who listens hears which chat has changed', async () => {
  const ending = new AbortController();
  const response = await fetch(`${bench.meta.url}/_sim/events`, { signal: ending.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  // Between the news the stream beats.
  const news = async (): Promise<string> => {
    const text = (await reader?.read())?.value ?? '';
    return text.startsWith('event: beat') ? news() : text;
  };
  expect(await news()).toContain('data: {"changed":[],"chats":[]}');
  await bench.control('/inbound', hello());
  expect(await news()).toContain(`{"phone_number_id":"${acme}","with":"16505551234"}`);
  ending.abort();
});
