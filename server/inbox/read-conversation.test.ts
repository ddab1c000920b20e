import { beforeEach, expect, test } from 'vitest';
import { takeTurns } from '#server/bot/take-turns.ts';
import { newId } from '#server/db/id.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';

const { owner } = testDatabase();
let tenant: TestTenant;
let id: string;

beforeEach(async () => {
  tenant = await makeTenant();
  await write('Hi');
  id = (await owner.query('select id from conversations where tenant_id = $1', [tenant.id])).rows[0].id;
});

const write = (text: string) =>
  receive(textWebhook(tenant.phoneNumberId, { wamid: newId(), text, name: 'Alex' }));
const bot = () => takeTurns([{ tenantId: tenant.id, conversationId: id }]);
const read = () => memberCaller(tenant).inbox.conversation({ tenant: tenant.slug, id });

test('a conversation says who it is, on which line, and how much was written', async () => {
  expect(await read()).toMatchObject({
    ...{
      id,
      name: 'Alex',
      phone: '16505551234',
      channelName: 'Main line',
      botOn: true,
      inboundCount: 1,
      botStep: null,
    },
    lead: {
      name: null,
      profileName: 'Alex',
      phone: '16505551234',
      answers: [],
      firstWroteAt: expect.any(String),
    },
  });
});

test('the lead first wrote when the first of their messages says, not when it arrived', async () => {
  const at = Math.floor(Date.now() / 1_000) - 3_600;
  await receive(textWebhook(tenant.phoneNumberId, { wamid: newId(), name: 'Alex', at }));
  const { firstWroteAt } = (await read()).lead;
  expect(firstWroteAt?.slice(0, 19)).toBe(new Date(at * 1_000).toISOString().slice(0, 19));
});

test('it says what the bot is at, and what it was told', async () => {
  await bot();
  expect((await read()).botStep).toEqual({ number: 1, of: 6, title: 'Welcome' });
  await write('quote');
  await write('Ana Silva');
  await bot();
  expect(await read()).toMatchObject({
    botStep: { number: 5, of: 6, title: 'Anything else' },
    lead: { answers: [{ label: 'Name', value: 'Ana Silva' }] },
  });
});

test('where a person holds it the bot is at nothing, and what it was told stays', async () => {
  await bot();
  await memberCaller(tenant).inbox.takeOver({ tenant: tenant.slug, conversationId: id });
  expect(await read()).toMatchObject({ botStep: null, holder: { kind: 'member', you: true } });
});

test('handed back at the script’s end, the bot begins anew', async () => {
  await write('a person, please');
  await bot();
  await memberCaller(tenant).inbox.takeOver({ tenant: tenant.slug, conversationId: id });
  await memberCaller(tenant).inbox.handBack({ tenant: tenant.slug, conversationId: id });
  expect(await read()).toMatchObject({ holder: { kind: 'bot' }, botStep: 'start' });
  await write('quote');
  await bot();
  expect((await read()).botStep).toEqual({ number: 1, of: 6, title: 'Welcome' });
});

test('a closed one says who closed it last, and when; an open one nothing', async () => {
  const ask = { tenant: tenant.slug, conversationId: id };
  expect((await read()).closed).toBeNull();
  await memberCaller(tenant).inbox.close(ask);
  expect((await read()).closed).toEqual({ at: expect.any(String), by: 'Mara', you: true });
  await memberCaller(tenant).inbox.reopen(ask);
  expect((await read()).closed).toBeNull();
  await memberCaller(tenant, tenant.owner).inbox.close(ask);
  expect((await read()).closed).toMatchObject({ by: 'Ines', you: false });
});

test.each([
  ['a script that cannot be read', "update script_versions set script = '{}'"],
  ['a step that is gone', "update runs set step = 'gone'"],
  ['answers that are none', "update runs set answers = '[7]'"],
])('%s costs only that line', async (_, sql) => {
  await bot();
  await owner.query(sql);
  expect(await read()).toMatchObject({ id, name: 'Alex' });
});

test('a person without a number has none', async () => {
  await owner.query(
    "update addresses set kind = 'bsuid', raw = 'US.1', value = 'US.1' where tenant_id = $1",
    [tenant.id],
  );
  expect(await read()).toMatchObject({ phone: null, name: 'Alex', lead: { phone: null } });
});

test('a conversation leads to the one of whoever was merged into its lead', async () => {
  await receive(
    textWebhook(tenant.phoneNumberId, { wamid: newId(), text: 'Hi', name: 'Alex', from: '16505550002' }),
  );
  const { rows } = await owner.query(
    'select id, lead_id as "leadId" from conversations where tenant_id = $1 and id <> $2',
    [tenant.id, id],
  );
  expect((await read()).lead.earlier).toEqual([]);
  await memberCaller(tenant, tenant.owner).merges.merge({
    ...{ tenant: tenant.slug, survivorId: (await read()).lead.id, mergedId: rows[0].leadId },
  });
  expect((await read()).lead.earlier).toEqual([{ id: rows[0].id, lastAt: expect.any(String) }]);
});
