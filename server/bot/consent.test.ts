import { beforeEach, describe, expect, test } from 'vitest';
import { outboundAt, recordOutbound } from '#server/conversations/record-outbound.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { deliverMessages } from '#server/delivery/deliver-message.ts';
import { sendMessage } from '#server/delivery/send-message.ts';
import { recordConsents } from '#server/leads/record-consents.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, statusWebhook, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { receive } from '#server/testing/receive.ts';
import { simulatedMetaWithWeb } from '#server/testing/simulated-meta.ts';
import { takeTurns } from './take-turns.ts';

const { owner } = testDatabase();
const meta = simulatedMetaWithWeb();
let tenant: TestTenant;
const from = '16505551234';

beforeEach(async () => {
  tenant = await makeTenant();
  await meta.addNumber(tenant);
});

const rows = async (sql: string) => (await owner.query(sql, [tenant.id])).rows;
const job = async () =>
  (
    await rows(
      'select tenant_id as "tenantId", id as "conversationId", channel_id as "channelId", lead_id as "leadId" from conversations where tenant_id = $1',
    )
  )[0];
async function hear(text: string, wamid: string = newId()) {
  expect(await receive(textWebhook(tenant.phoneNumberId, { from, text, wamid }))).toEqual({ status: 200 });
  await takeTurns([await job()]);
  await deliverMessages(await job());
}
const consents = () => rows('select state, source, proof from consents where tenant_id = $1 order by at, id');
const consent = async () => (await rows('select consent from leads where tenant_id = $1'))[0].consent;
const outcomes = async () =>
  (
    await rows(
      'select t.outcome, t.replies from turns t join messages m on m.tenant_id = t.tenant_id and m.id = t.message_id where t.tenant_id = $1 order by m.at, m.id',
    )
  ).map(({ outcome, replies }) => `${outcome} ${replies}`);
const events = async () =>
  (await rows('select kind, detail from conversation_events where tenant_id = $1 order by at, id')).map(
    ({ kind, detail }) => `${kind} ${detail}`,
  );
const sent = async () => (await meta.attempts(tenant)).map(({ request }) => request.text?.body);
const failures = async () =>
  (
    await rows(
      "select failure->>'reason' as reason from messages where tenant_id = $1 and status = 'failed' order by at, id",
    )
  ).map(({ reason }) => reason);

async function queueFromBot(body: string) {
  const { conversationId, channelId } = await job();
  const now = new Date();
  await asPlatform((tx) =>
    recordOutbound(
      tx,
      [
        {
          ...{ tenantId: tenant.id, id: newId(), conversationId, channelId, at: outboundAt(now, now) },
          ...{ author: 'bot', authorId: null, kind: 'text', body, content: null },
        },
      ],
      now,
    ),
  );
}

test('STOP is confirmed once, then the bot is silent; what they write then is answered; START is confirmed', async () => {
  await hear('Hello');
  await hear('Stop!');
  expect(await consent()).toBe('out');
  expect(await consents()).toEqual([{ state: 'out', source: 'keyword', proof: 'Stop!' }]);
  const silentFrom = (await sent()).length;
  expect((await sent()).at(-1)).toContain('no more messages from Tenant');
  await hear('STOP');
  expect(await sent()).toHaveLength(silentFrom);
  await hear('quote');
  expect((await sent()).length).toBeGreaterThan(silentFrom);
  expect(await consent()).toBe('out');
  await hear('start');
  expect(await consent()).toBe('in');
  expect((await sent()).at(-1)).toContain('messages from Tenant');
  expect(await outcomes()).toEqual([
    expect.stringMatching(/^answered/),
    'opted-out 1',
    'opted-out 0',
    expect.stringMatching(/^answered/),
    'opted-in 1',
  ]);
  expect(await events()).toEqual([
    'opted-out keyword Stop!',
    'opted-out keyword STOP',
    'opted-in keyword start',
  ]);
  expect(await failures()).toEqual([]);
});

test('a STOP that Meta sends again is one, and START is a word like any other from who never said STOP', async () => {
  await hear('start');
  expect(await consents()).toEqual([]);
  expect(await outcomes()).toEqual([expect.stringMatching(/^answered/)]);
  await hear('baja', 'same');
  await hear('baja', 'same');
  expect(await consents()).toHaveLength(1);
});

test('STOP and START in one webhook: the later one counts', async () => {
  const change = (text: string, wamid: string) =>
    JSON.parse(textWebhook(tenant.phoneNumberId, { from, text, wamid }));
  const [both, second] = [change('stop', 'a'), change('start', 'b')];
  both.entry.push(...second.entry);
  await receive(JSON.stringify(both));
  expect((await consents()).map(({ state }) => state)).toEqual(['out', 'in']);
  expect(await consent()).toBe('in');
});

test('a tenant’s own words count', async () => {
  await owner.query("update tenants set opt_out_words = '{Raus hier}' where id = $1", [tenant.id]);
  await hear('raus hier!');
  expect(await consent()).toBe('out');
});

describe('what the bot had queued before', () => {
  test('is taken back with the STOP', async () => {
    await hear('Hello');
    const before = await sent();
    await queueFromBot('An offer');
    await hear('stop');
    expect(await failures()).toEqual(['opted-out']);
    expect((await sent()).slice(before.length)).toEqual([expect.stringContaining('no more messages')]);
  });

  test('does not leave either when only its delivery could know', async () => {
    await hear('Hello');
    const before = await sent();
    await queueFromBot('An offer');
    const { leadId } = await job();
    // As though the STOP had come while the request was under way, and Meta had asked for another try.
    await withTenant(tenant.id, (tx) =>
      recordConsents(tx, [
        {
          ...{ tenantId: tenant.id, id: newId(), leadId, at: new Date(Date.now() + 5), state: 'out' },
          ...{ source: 'keyword', proof: 'stop', actor: null },
        },
      ]),
    );
    await deliverMessages(await job());
    expect(await sent()).toEqual(before);
    expect(await failures()).toEqual(['opted-out']);
    expect(await rows('select holder from conversations where tenant_id = $1')).toEqual([{ holder: 'bot' }]);
    expect(await rows('select * from outbox where tenant_id = $1')).toEqual([]);
  });
});

describe('a member’s message to somebody who said STOP', () => {
  const reply = async () => {
    const { conversationId } = await job();
    return withTenant(tenant.id, (tx) =>
      sendMessage(tx, { conversationId, id: newId(), text: 'As you wish', author: tenant.agent.id }),
    );
  };

  test('is an answer while the window is open', async () => {
    await hear('stop');
    await reply();
    await deliverMessages(await job());
    expect((await sent()).at(-1)).toBe('As you wish');
  });

  test('is refused afterwards, and one that waited meanwhile stays here', async () => {
    await hear('stop');
    await reply();
    const before = await sent();
    await owner.query(
      "update conversations set window_closes_at = now() - interval '1 s' where tenant_id = $1",
      [tenant.id],
    );
    await deliverMessages(await job());
    expect(await sent()).toEqual(before);
    expect(await failures()).toEqual(['opted-out']);
    await expect(reply()).rejects.toMatchObject({ reason: 'opted-out' });
  });
});

describe('what WhatsApp tells', () => {
  const preference = (value: string, waId = from) => {
    const metadata = { display_phone_number: '15550000000', phone_number_id: tenant.phoneNumberId };
    const entry = {
      ...{ wa_id: waId, detail: 'User requested it', category: 'marketing_messages', value },
      timestamp: Math.floor(Date.now() / 1000) + (value === 'stop' ? 0 : 1),
    };
    const change = {
      field: 'user_preferences',
      value: {
        messaging_product: 'whatsapp',
        metadata,
        contacts: [{ wa_id: waId }],
        user_preferences: [entry],
      },
    };
    return JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ id: tenant.wabaId, changes: [change] }],
    });
  };

  test('of stop and resume, of whom it tells, once however often', async () => {
    await hear('Hello');
    const stop = preference('stop');
    for (let time = 0; time < 2; time += 1) expect(await receive(stop)).toEqual({ status: 200 });
    expect(await consents()).toEqual([{ state: 'out', source: 'meta', proof: 'stop: User requested it' }]);
    expect(await consent()).toBe('out');
    await receive(preference('resume'));
    expect(await consent()).toBe('in');
    expect(await events()).toEqual([
      'opted-out meta stop: User requested it',
      'opted-in meta resume: User requested it',
    ]);
  });

  test('of somebody who never wrote', async () => {
    expect(await receive(preference('stop', '4915112345678'))).toEqual({ status: 200 });
    expect(await consent()).toBe('out');
  });

  test('with a failure of a message (131050)', async () => {
    await hear('Hello');
    const [{ wamid }] = await rows(
      "select wamid from messages where tenant_id = $1 and direction = 'outbound' order by at limit 1",
    );
    const errors = [{ code: 131050, title: 'User has stopped marketing messages' }];
    const timestamp = String(Math.floor(Date.now() / 1000));
    const status = { id: wamid, status: 'failed', timestamp, recipient_id: from, errors };
    for (let time = 0; time < 2; time += 1) await receive(statusWebhook(tenant.phoneNumberId, [status]));
    expect(await consents()).toMatchObject([{ state: 'out', source: 'failure' }]);
    expect(await consent()).toBe('out');
  });

  test('in its answer to a send', async () => {
    await meta.control('rules', { phone_number_id: tenant.phoneNumberId, action: 'refuse', code: 131050 });
    await hear('Hello');
    expect(await consents()).toMatchObject([{ state: 'out', source: 'failure' }]);
    expect(await consent()).toBe('out');
  });
});

test('an import’s yes does not lift what they said, and its no counts', async () => {
  await hear('stop');
  const { leadId } = await job();
  const imported = (state: 'in' | 'out') => ({
    ...{ tenantId: tenant.id, id: newId(), leadId, at: new Date(Date.now() + 60_000), state },
    ...{ source: 'import' as const, proof: 'leads.csv', actor: null },
  });
  expect(await withTenant(tenant.id, (tx) => recordConsents(tx, [imported('in')]))).toEqual([]);
  expect(await consent()).toBe('out');
  expect(await withTenant(tenant.id, (tx) => recordConsents(tx, [imported('out')]))).toHaveLength(1);
});

test('nobody’s consent is written from another tenant', async () => {
  await hear('Hello');
  const { leadId } = await job();
  const other = await makeTenant();
  const foreign = {
    ...{ tenantId: other.id, id: newId(), leadId, at: new Date(), state: 'out' as const },
    ...{ source: 'hand' as const, proof: 'x', actor: null },
  };
  expect(await withTenant(other.id, (tx) => recordConsents(tx, [foreign]))).toEqual([]);
  expect(
    await withTenant(other.id, (tx) => recordConsents(tx, [{ ...foreign, tenantId: tenant.id }])),
  ).toEqual([]);
  expect(await consent()).toBe('unknown');
});
