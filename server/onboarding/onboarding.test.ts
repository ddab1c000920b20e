import { beforeEach, describe, expect, test } from 'vitest';
import { takeTurns } from '#server/bot/take-turns.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { memberCaller, testFrom } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';

const { owner } = testDatabase();
/** Has a number, with a bot. */
let old: TestTenant;
/** Made by signing up a moment ago. */
let slug: string;
const caller = () => memberCaller(old, old.owner);
const progress = () => caller().onboarding.progress({ tenant: slug });
const states = async () => (await progress()).steps.map(({ state }) => state).join(' ');

beforeEach(async () => {
  old = await makeTenant();
  const facts = { name: 'New Business', timeZone: 'Europe/Madrid', language: 'es' };
  slug = (await caller().onboarding.create(facts)).slug;
});

const tenantId = async () => (await owner.query('select id from tenants where slug = $1', [slug])).rows[0].id;

/** As connecting does it: the number of the other tenant becomes this one's. */
async function connectNumber() {
  await owner.query(
    `insert into channels (tenant_id, id, key, name, phone_number_id, display_phone_number, waba_id, portfolio_id, access_token)
     values ($1, $2, $3, 'Demo line', $3, '15550001111', '1', '1', '\\x00')`,
    [await tenantId(), newId(), `9${Date.now()}${Math.floor(Math.random() * 1000)}`],
  );
}

describe('each step is where somebody left it', () => {
  test('nothing but a name', async () => {
    expect(await states()).toBe('done open open open open');
    expect(await progress()).toMatchObject({ closed: false, number: null, script: null, received: null });
  });

  test('a number, leads put off and taken up again', async () => {
    await connectNumber();
    expect(await progress()).toMatchObject({ number: { name: 'Demo line', phone: '15550001111' } });
    await caller().onboarding.putOff({ tenant: slug, step: 'leads', skipped: true });
    await caller().onboarding.putOff({ tenant: slug, step: 'leads', skipped: true });
    expect(await states()).toBe('done done skipped open open');
    await caller().onboarding.putOff({ tenant: slug, step: 'leads', skipped: false });
    expect(await states()).toBe('done done open open open');
  });

  test('a lead who has not written was brought', async () => {
    await owner.query('insert into leads (tenant_id, id, name) values ($1, $2, $3)', [
      ...[await tenantId(), newId(), 'Ana'],
    ]);
    expect(await states()).toBe('done open done open open');
  });

  test('a script before there is a number, which is put on it after all', async () => {
    await caller().onboarding.chooseScript({ tenant: slug, starter: 'quotes' });
    expect(await states()).toBe('done open open done open');
    await connectNumber();
    expect(await states()).toBe('done done open open open');
    await caller().onboarding.chooseScript({ tenant: slug, starter: 'quotes' });
    expect(await states()).toBe('done done open done open');
    expect(await progress()).toMatchObject({ script: 'Quote requests', number: { botOn: true } });
  });
});

test('a number that was disconnected is none, and is left alone by a choice', async () => {
  await connectNumber();
  await owner.query('update channels set disconnected_at = now() where tenant_id = $1', [await tenantId()]);
  await caller().onboarding.chooseScript({ tenant: slug, starter: 'quotes' });
  expect(await states()).toBe('done open open done open');
  const { rows } = await owner.query('select bot_on, script_id from channels where tenant_id = $1', [
    await tenantId(),
  ]);
  expect(rows).toEqual([{ bot_on: false, script_id: null }]);
});

test('choosing publishes version 1 in the business’s language, once, and says so in the log', async () => {
  await connectNumber();
  for (const _ of [1, 2]) await caller().onboarding.chooseScript({ tenant: slug, starter: 'requests' });
  const { rows } = await owner.query(
    `select s.name, v.number, v.script->'steps'->0->>'say' as say, c.bot_on
     from scripts s join script_versions v on v.tenant_id = s.tenant_id and v.script_id = s.id
     join channels c on c.tenant_id = s.tenant_id and c.script_id = s.id where s.tenant_id = $1`,
    [await tenantId()],
  );
  expect(rows).toEqual([
    {
      ...{ name: 'Take requests', number: 1, bot_on: true },
      say: 'Hola {name}, gracias por escribir a New Business. ¿En qué podemos ayudarle?',
    },
  ]);
  const { rows: log } = await owner.query(
    "select * from audit where tenant_id = $1 and action = 'bot.script-chosen'",
    [await tenantId()],
  );
  expect(log[0]).toMatchObject({
    ...{ subject: 'Take requests', actor_id: old.owner.id, ...testFrom },
    details: { version: 1, numbers: 1 },
  });
});

test('who chooses another one, and the first one again, has it published last', async () => {
  for (const starter of ['requests', 'quotes', 'requests'] as const)
    await caller().onboarding.chooseScript({ tenant: slug, starter });
  expect((await progress()).script).toBe('Take requests');
});

test('two who choose at once leave one script on the number', async () => {
  await connectNumber();
  const starters = ['requests', 'requests', 'requests'] as const;
  await Promise.all(starters.map((starter) => caller().onboarding.chooseScript({ tenant: slug, starter })));
  const { rows } = await owner.query('select from script_versions where tenant_id = $1', [await tenantId()]);
  expect(rows.length).toBe(1);
});

describe('a test message', () => {
  const inOld = () => caller().onboarding.progress({ tenant: old.slug });
  const job = () =>
    asPlatform(async ({ db }) => {
      const found = await db.conversation.findFirstOrThrow({ where: { tenantId: old.id } });
      return { tenantId: old.id, conversationId: found.id };
    });

  test('is seen when it comes in, when its answer is written, and when that has gone out', async () => {
    await receive(textWebhook(old.phoneNumberId, { wamid: `wamid.${old.slug}`, text: 'Anybody there?' }));
    expect(await inOld()).toMatchObject({ received: { text: 'Anybody there?' }, answer: null });

    await takeTurns([await job()]);
    const { answer, steps } = await inOld();
    expect(answer).toMatchObject({ status: 'queued', byBot: true, text: expect.stringContaining('Acme') });
    expect(steps.at(-1)).toEqual({ id: 'test', state: 'open' });

    await owner.query('update messages set accepted_at = now() where tenant_id = $1 and author = $2', [
      ...[old.id, 'bot'],
    ]);
    const after = await inOld();
    expect(after.steps.at(-1)).toEqual({ id: 'test', state: 'done' });
    expect(after.answer?.status).toBe('accepted');

    // Once answered it is done, whatever else comes in.
    await receive(textWebhook(old.phoneNumberId, { wamid: `wamid.2.${old.slug}`, from: '16505550009' }));
    expect((await inOld()).steps.at(-1)).toEqual({ id: 'test', state: 'done' });
  });

  test('whose answer fails says why', async () => {
    await receive(textWebhook(old.phoneNumberId, { wamid: `wamid.${old.slug}` }));
    await takeTurns([await job()]);
    await owner.query(
      `update messages set failed_at = now(), failure = '{"code": 131026, "title": "x"}' where tenant_id = $1 and author = 'bot'`,
      [old.id],
    );
    const { answer, steps } = await inOld();
    expect(answer).toMatchObject({ status: 'failed', failure: { code: 131026 } });
    expect(steps.at(-1)?.state).toBe('open');
  });
});

test('closing it takes it away from everybody, and it can be brought back', async () => {
  await caller().onboarding.close({ tenant: slug, closed: true });
  expect((await progress()).closed).toBe(true);
  await caller().onboarding.close({ tenant: slug, closed: false });
  expect((await progress()).closed).toBe(false);
});

test('who made no tenant by signing up is not reminded of first steps', async () => {
  expect((await caller().onboarding.progress({ tenant: old.slug })).closed).toBe(true);
});

test('an agent has nothing to do with it, a stranger even less', async () => {
  const agent = memberCaller(old);
  for (const call of [
    () => agent.onboarding.progress({ tenant: old.slug }),
    () => agent.onboarding.starters({ tenant: old.slug }),
    () => agent.onboarding.chooseScript({ tenant: old.slug, starter: 'quotes' }),
    () => agent.onboarding.putOff({ tenant: old.slug, step: 'leads', skipped: true }),
    () => agent.onboarding.close({ tenant: old.slug, closed: true }),
  ])
    await expect(call()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(agent.onboarding.progress({ tenant: slug })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
