import { afterAll, beforeAll, expect, test } from 'vitest';
import { givesWay } from '#server/pressure/watch-pressure.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';
import { simulatedMetaWithWeb } from '#server/testing/simulated-meta.ts';
import { startWorker } from './worker.ts';

const { owner } = testDatabase();
const meta = simulatedMetaWithWeb();
let tenant: TestTenant;
let stop: () => Promise<void>;

beforeAll(async () => {
  // Before anybody else asks for the queue: this process works on it.
  stop = await startWorker();
  tenant = await makeTenant();
  await meta.addNumber(tenant);
});

afterAll(() => stop());

const heardBy = async (from: string) =>
  (await meta.attempts(tenant))
    .filter(({ to, accepted }) => accepted && to.endsWith(from))
    .map(({ request }) => request);

test('a person who writes is answered, and the answer’s delivery is heard of', async () => {
  await meta.control('inbound', {
    phone_number_id: tenant.phoneNumberId,
    from: '4915112345678',
    text: 'Hi',
    name: 'Jo',
  });
  await expect
    .poll(() => heardBy('4915112345678'), { timeout: 10_000 })
    .toMatchObject([
      {
        type: 'interactive',
        interactive: { body: { text: 'Hi Jo, this is Acme’s assistant. What can I do for you?' } },
      },
    ]);
  const status = async () => (await owner.query("select status from messages where author = 'bot'")).rows;
  await expect.poll(status, { timeout: 10_000 }).toEqual([{ status: 'delivered' }]);
});

test('a whole talk of many people at once is answered in order, message for message', async () => {
  const people = Array.from({ length: 12 }, (_, index) => String(4_916_000_000_000 + index));
  const talk = ['Hi', 'Get a quote', 'Ana Silva'];
  for (const text of talk)
    await Promise.all(
      people.map((from) =>
        receive(textWebhook(tenant.phoneNumberId, { from, text, wamid: `${from} ${text}`, name: 'Ana' })),
      ),
    );
  for (const from of people)
    await expect
      .poll(async () => (await heardBy(from)).map(bodyOf), { timeout: 20_000 })
      .toEqual([
        'Hi Ana, this is Acme’s assistant. What can I do for you?',
        'Gladly. What is your name?',
        'Thank you, Ana Silva. We prepare your quote and write to you here.',
        'Can I do anything else for you?',
      ]);
});

test('what a member writes leaves, and the bot is silent from then on', async () => {
  const from = '4917000000000';
  await receive(textWebhook(tenant.phoneNumberId, { from, wamid: 'w.1', name: 'Kim' }));
  await expect.poll(async () => (await heardBy(from)).length, { timeout: 10_000 }).toBe(1);
  const { inbox } = memberCaller(tenant);
  const { rows } = await inbox.list({ tenant: tenant.slug, tab: 'all', search: from });
  const conversationId = rows[0]?.id ?? '';
  await inbox.send({
    tenant: tenant.slug,
    conversationId,
    id: '01900000-0000-7000-8000-0000000000aa',
    text: 'A person here',
  });
  await receive(textWebhook(tenant.phoneNumberId, { from, wamid: 'w.2', text: 'quote' }));
  const decided = async () =>
    (await owner.query("select outcome from turns join messages m on m.id = message_id where wamid = 'w.2'"))
      .rows;
  // The bot had the conversation no more when this came, so it owes no turn.
  expect(await decided()).toEqual([]);
  await expect
    .poll(async () => (await heardBy(from)).map(bodyOf).slice(1), { timeout: 10_000 })
    .toEqual(['A person here']);
});

type Request = Awaited<ReturnType<typeof heardBy>>[number];
const bodyOf = ({ text, interactive }: Request) => text?.body ?? interactive?.body.text;

test('where webhooks wait too long for their commit the bot’s replies are put off, and said when that is over', async () => {
  const from = '4917000000001';
  await owner.query("insert into pressures values ('a test', now() + interval '1 hour', 5000)");
  await expect.poll(() => givesWay('take-turns'), { timeout: 20_000 }).toBe(true);
  expect(await receive(textWebhook(tenant.phoneNumberId, { from, wamid: `wamid.${from}` }))).toEqual({
    status: 200,
  });
  const putOff = `select count(*)::int from pgboss.job where name = 'take-turns' and singleton_key like '% later' and state < 'active'`;
  await expect
    .poll(async () => (await owner.query(putOff)).rows, { timeout: 20_000 })
    .toEqual([{ count: 1 }]);
  expect(await heardBy(from)).toEqual([]);
  await owner.query('delete from pressures');
  await expect.poll(() => heardBy(from), { timeout: 30_000 }).toHaveLength(1);
  expect(givesWay('export')).toBe(false);
});
