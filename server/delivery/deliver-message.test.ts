import { beforeEach, describe, expect, test } from 'vitest';
import { outboundAt, recordOutbound } from '#server/conversations/record-outbound.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { applicationUrl } from '#server/db/login.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, statusWebhook, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';
import { testSettings } from '#server/testing/settings.ts';
import { simulatedMetaWithWeb } from '#server/testing/simulated-meta.ts';
import { claimMessage } from './claim-message.ts';
import { deliverMessages } from './deliver-message.ts';
import { settleAttempt } from './settle-attempt.ts';
import { sweepOutbox } from './sweep-outbox.ts';

const { owner, url } = testDatabase();
const meta = simulatedMetaWithWeb();
let tenant: TestTenant;
let job: { tenantId: string; conversationId: string };
let people = 0;

beforeEach(async () => {
  tenant = await makeTenant({ bot: false });
  await meta.addNumber(tenant);
  job = await conversationWith();
});

async function conversationWith() {
  people += 1;
  await receive(
    textWebhook(tenant.phoneNumberId, { wamid: newId(), from: String(4_915_000_000_000 + people) }),
  );
  const { rows } = await owner.query(
    'select id from conversations where tenant_id = $1 order by id desc limit 1',
    [tenant.id],
  );
  return { tenantId: tenant.id, conversationId: rows[0].id as string };
}

async function queue(bodies: string[], { conversationId } = job, author: 'bot' | 'member' = 'bot') {
  let last = new Date();
  const made = bodies.map((body) => {
    last = outboundAt(new Date(), last);
    return {
      ...{
        tenantId: tenant.id,
        id: newId(),
        conversationId,
        channelId: tenant.channelId,
        at: last,
        content: null,
      },
      ...{ author, authorId: author === 'member' ? tenant.agent.id : null, kind: 'text', body },
    };
  });
  await asPlatform((tx) => recordOutbound(tx, made, new Date()));
  return made.map(({ id }) => id);
}

const deliver = () => deliverMessages(job);
const rule = (part: object) => meta.control('rules', { phone_number_id: tenant.phoneNumberId, ...part });
const rows = async (sql: string) => (await owner.query(sql, [tenant.id])).rows;
const statuses = async () =>
  (
    await rows("select status from messages where tenant_id = $1 and direction = 'outbound' order by at, id")
  ).map(({ status }) => status);
const outcomes = async () =>
  (await rows('select outcome from attempts a where tenant_id = $1 order by started_at, number')).map(
    ({ outcome }) => outcome,
  );
const outbox = () =>
  rows('select attempts, claimed_at, unknown from outbox where tenant_id = $1 order by at');
const bodies = async () => (await meta.attempts(tenant)).map(({ request }) => request.text?.body);
const makeDue = () => owner.query("update outbox set due_at = now() - interval '1 ms'");
const failure = async () =>
  (
    await rows("select failure from messages where tenant_id = $1 and direction = 'outbound' order by at, id")
  )[0]?.failure;

describe('messages that wait', () => {
  test('leave in order, are accepted, and hear of their delivery', async () => {
    await queue(['one', 'two', 'three']);
    await deliver();
    expect(await bodies()).toEqual(['one', 'two', 'three']);
    expect(await outcomes()).toEqual(['accepted', 'accepted', 'accepted']);
    expect(await outbox()).toEqual([]);
    await expect.poll(statuses).toEqual(['delivered', 'delivered', 'delivered']);
  });

  test('leave once, in order, never two at once, however many deliver', async () => {
    const jobs = [job, await conversationWith(), await conversationWith()];
    for (const one of jobs)
      await queue(
        Array.from({ length: 8 }, (_, index) => `${one.conversationId} ${index}`),
        one,
      );
    await Promise.all(
      Array.from({ length: 6 }, () => [...jobs, ...jobs])
        .flat()
        .map((one) => deliverMessages(one)),
    );
    const sent = await bodies();
    expect(sent).toHaveLength(24);
    for (const { conversationId } of jobs)
      expect(sent.filter((body) => body?.startsWith(conversationId))).toEqual(
        Array.from({ length: 8 }, (_, index) => `${conversationId} ${index}`),
      );
    const overlapping = await rows(`
      select from attempts a join messages m on m.id = a.message_id join attempts b on b.tenant_id = a.tenant_id
      join messages n on n.id = b.message_id and n.conversation_id = m.conversation_id
      where a.tenant_id = $1 and a.message_id <> b.message_id and a.started_at < b.started_at and a.finished_at > b.started_at`);
    expect(overlapping).toEqual([]);
  });

  test('without anything to do nothing is sent', async () => {
    await Promise.all([deliverMessages(job), deliverMessages(job)]);
    expect(await bodies()).toEqual([]);
  });

  test('go to the user id of the channel’s own portfolio where there is no number', async () => {
    await owner.query('delete from addresses where tenant_id = $1', [tenant.id]);
    const [{ lead_id: lead }] = await rows('select lead_id from conversations where tenant_id = $1');
    const [{ portfolio_id: scope }] = await rows('select portfolio_id from channels where tenant_id = $1');
    for (const [portfolio, value] of [
      ['another', 'US.1'],
      [scope, 'US.2'],
    ])
      await owner.query("insert into addresses values ($1, $2, $3, 'bsuid', $4, $5, $5)", [
        tenant.id,
        newId(),
        lead,
        portfolio,
        value,
      ]);
    await queue(['Hi']);
    await deliver();
    expect((await meta.attempts(tenant)).map(({ request }) => request.recipient)).toEqual(['US.2']);
  });

  test('to somebody without an address they fail, and say so', async () => {
    await owner.query('delete from addresses where tenant_id = $1', [tenant.id]);
    await queue(['Hi']);
    await deliver();
    expect(await statuses()).toEqual(['failed']);
    expect(await failure()).toMatchObject({ title: 'No address' });
  });
});

describe('what Meta refuses', () => {
  test.each([
    ['passing trouble', 131000, 1],
    ['a rate limit', 130429, 2],
    ['too many to this person', 131056, 1],
  ])('for %s waits its time, holds back what follows, and then leaves', async (_, code, seconds) => {
    await rule({ action: 'refuse', code });
    await queue(['one', 'two']);
    await deliver();
    expect(await outcomes()).toEqual(['retry']);
    expect(await statuses()).toEqual(['queued', 'queued']);
    const [{ wait }] = await rows(
      'select round(extract(epoch from o.due_at - a.finished_at))::int as wait from outbox o join attempts a using (tenant_id, message_id) where tenant_id = $1',
    );
    expect(wait).toBe(seconds);
    const later = await rows(
      "select from pgboss.job where name = 'deliver' and data->>'tenantId' = $1 and start_after > created_on",
    );
    expect(later).toHaveLength(1);
    // However long this test takes, its time has not come.
    await owner.query("update outbox set due_at = due_at + interval '1 hour' where tenant_id = $1", [
      tenant.id,
    ]);
    await deliver();
    expect(await bodies()).toEqual(['one']);
    await makeDue();
    await deliver();
    expect(await bodies()).toEqual(['one', 'one', 'two']);
    await expect.poll(statuses).toEqual(['delivered', 'delivered']);
  });

  test.each([
    ['what cannot go', 131009],
    ['a closed window', 131047],
    ['an account in trouble', 190],
    ['somebody who cannot be reached', 131026],
  ])('for %s has failed at once, with its code, and lets the next one go', async (_, code) => {
    await rule({ action: 'refuse', code });
    await queue(['one', 'two']);
    await deliver();
    expect(await outcomes()).toEqual(['failed', 'accepted']);
    expect((await statuses())[0]).toBe('failed');
    expect(await failure()).toMatchObject({ reason: 'refused', code });
    expect(await outbox()).toEqual([]);
  });

  test('after it was accepted has failed as well', async () => {
    await rule({ action: 'fail', code: 131026 });
    await queue(['Hi']);
    await deliver();
    await expect.poll(statuses).toEqual(['failed']);
    expect(await failure()).toMatchObject({ code: 131026 });
  });

  test('again and again, has failed in the end', async () => {
    await rule({ action: 'refuse', code: 131000, times: null });
    await queue(['Hi']);
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await makeDue();
      await deliver();
    }
    expect(await outcomes()).toEqual([...Array.from({ length: 6 }, () => 'retry'), 'failed']);
    expect(await statuses()).toEqual(['failed']);
  });
});

describe('an outcome that nobody knows', () => {
  test('is never sent again, and is settled by the status that carries our id', async () => {
    await rule({ action: 'reset', delivered: true });
    await queue(['Hi']);
    await deliver();
    expect(await outcomes()).toEqual(['unknown']);
    await expect.poll(statuses).toEqual(['delivered']);
    expect(await outbox()).toEqual([]);
    await makeDue();
    await deliver();
    expect(await bodies()).toEqual(['Hi']);
  });

  test('holds back what follows for a while, then lets it go without being sent itself', async () => {
    await rule({ action: 'reset', delivered: false });
    await queue(['lost', 'next']);
    await deliver();
    expect(await statuses()).toEqual(['unknown', 'queued']);
    await deliver();
    expect(await bodies()).toEqual(['lost']);
    await makeDue();
    await deliver();
    expect(await bodies()).toEqual(['lost', 'next']);
    await expect.poll(statuses).toEqual(['unknown', 'delivered']);
    expect(await outbox()).toEqual([]);
  });

  test('is none when a status was faster than the end of the attempt', async () => {
    const [id, next] = await queue(['Hi', 'next']);
    const claim = (await claimMessage(job)) ?? expect.fail();
    await receive(
      statusWebhook(tenant.phoneNumberId, [
        { id: `wamid.${id}`, status: 'sent', timestamp: '1', biz_opaque_callback_data: id },
      ]),
    );
    await settleAttempt({ claim, verdict: { kind: 'unknown' }, failure: null });
    expect(await statuses()).toEqual(['sent', 'queued']);
    expect(
      (await rows('select message_id from outbox where tenant_id = $1')).map(({ message_id }) => message_id),
    ).toEqual([next]);
  });

  test('is what a killed process leaves behind: swept up, not sent again', async () => {
    await queue(['Hi', 'next']);
    await claimMessage(job);
    await sweepOutbox(30_000);
    expect(await outbox()).toMatchObject([{ claimed_at: expect.any(Date), unknown: false }, {}]);
    await sweepOutbox(41_000);
    expect(await statuses()).toEqual(['unknown', 'queued']);
    expect(await outcomes()).toEqual(['unknown']);
    await makeDue();
    await deliver();
    expect(await bodies()).toEqual(['next']);
  });
});

test('a message that is due and has no job gets one', async () => {
  await queue(['Hi']);
  await owner.query('delete from pgboss.job');
  await sweepOutbox(6_000);
  expect(await rows("select from pgboss.job where name = 'deliver' and data->>'tenantId' = $1")).toHaveLength(
    1,
  );
});

test('an outcome is written although the database was away for a moment', async () => {
  const login = new URL(applicationUrl(url, testSettings.ENCRYPTION_KEY)).username;
  await rule({ action: 'slow', ms: 150 });
  await queue(['Hi']);
  const delivering = deliver();
  await expect.poll(bodies).toEqual(['Hi']);
  await owner.query(`alter role ${login} nologin`);
  await owner.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [login]);
  await expect.poll(async () => (await meta.attempts(tenant))[0]?.accepted).toBe(true);
  await owner.query(`alter role ${login} login`);
  await delivering;
  expect(await outcomes()).toEqual(['accepted']);
  expect(await bodies()).toEqual(['Hi']);
});

test('an answer that no row can hold leaves its own message unknown, and no other', async () => {
  const other = await conversationWith();
  const [taken] = await queue(['has the id']);
  await owner.query("update messages set wamid = 'wamid.taken' where id = $1", [taken]);
  await owner.query('delete from outbox');
  const ids = [(await queue(['poison']))[0], (await queue(['fine'], other))[0]];
  const [first, second] = await Promise.all([claimMessage(job), claimMessage(other)]);
  if (!first || !second) expect.fail();
  await Promise.all([
    settleAttempt({ claim: first, verdict: { kind: 'accepted', wamid: 'wamid.taken' }, failure: null }),
    settleAttempt({ claim: second, verdict: { kind: 'accepted', wamid: 'wamid.fine' }, failure: null }),
  ]);
  const { rows: found } = await owner.query(
    'select id, status from messages where id = any($1) order by id',
    [ids],
  );
  expect(found).toEqual([
    { id: ids[0], status: 'unknown' },
    { id: ids[1], status: 'accepted' },
  ]);
});

describe('once a member has taken over', () => {
  const takeOver = () =>
    memberCaller(tenant).inbox.takeOver({ tenant: tenant.slug, conversationId: job.conversationId });

  test('nothing of the bot’s leaves that was queued', async () => {
    await queue(['bot one', 'bot two']);
    await takeOver();
    expect(await statuses()).toEqual(['failed', 'failed']);
    await deliver();
    expect(await bodies()).toEqual([]);
    expect(await statuses()).toEqual(['failed', 'failed']);
    expect(await failure()).toMatchObject({ reason: 'withdrawn' });
  });

  test('nor what was under way and would have to be sent again', async () => {
    await queue(['bot']);
    const claim = (await claimMessage(job)) ?? expect.fail();
    await takeOver();
    await settleAttempt({ claim, verdict: { kind: 'retry', afterSeconds: 1 }, failure: null });
    await queue(['member'], job, 'member');
    await deliver();
    await makeDue();
    await deliver();
    expect(await bodies()).toEqual(['member']);
    expect((await statuses())[0]).toBe('failed');
    expect(await failure()).toMatchObject({ reason: 'withdrawn' });
  });

  test('but what the member wrote leaves', async () => {
    await takeOver();
    await memberCaller(tenant).inbox.send({
      tenant: tenant.slug,
      conversationId: job.conversationId,
      id: newId(),
      text: 'Me',
    });
    await deliver();
    expect(await bodies()).toEqual(['Me']);
  });
});

describe('when a message of the bot’s fails for good', () => {
  const holder = () => rows('select holder from conversations where tenant_id = $1');
  const events = () => rows('select kind, detail from conversation_events where tenant_id = $1');
  const thread = async () => {
    const input = { tenant: tenant.slug, id: job.conversationId };
    return (await memberCaller(tenant).inbox.thread(input)).items.filter(({ type }) => type === 'event');
  };
  beforeEach(() =>
    owner.query("update conversations set holder = 'bot' where id = $1", [job.conversationId]),
  );

  test.each(['refuse', 'fail'] as const)(
    '(%s) people take over, and the history says why',
    async (action) => {
      await rule({ action, code: 131026 });
      await queue(['Hi']);
      await deliver();
      await expect.poll(holder).toEqual([{ holder: 'nobody' }]);
      expect(await events()).toEqual([{ kind: 'handed-over', detail: 'not-delivered 131026' }]);
      expect(await thread()).toMatchObject([
        {
          text: 'The bot’s message did not arrive: this number is not on WhatsApp or cannot be reached. A person takes it from here.',
        },
      ]);
    },
  );

  test('once, and a conversation that was given back stays with the bot when late news comes', async () => {
    await rule({ action: 'fail', code: 131026 });
    const [id] = await queue(['Hi']);
    await deliver();
    await expect.poll(holder).toEqual([{ holder: 'nobody' }]);
    await owner.query("update conversations set holder = 'bot' where id = $1", [job.conversationId]);
    const news = { id: `wamid.${id}`, timestamp: '1', biz_opaque_callback_data: id };
    const [{ wamid }] = await rows(
      "select wamid from messages where tenant_id = $1 and direction = 'outbound'",
    );
    for (const status of ['sent', 'failed'])
      await receive(statusWebhook(tenant.phoneNumberId, [{ ...news, id: wamid, status }]));
    expect(await holder()).toEqual([{ holder: 'bot' }]);
    expect(await events()).toHaveLength(1);
  });

  test('but not while it is tried again, nor when it is a member’s', async () => {
    await rule({ action: 'refuse', code: 131000 });
    await queue(['Hi']);
    await deliver();
    expect(await outcomes()).toEqual(['retry']);
    await owner.query('delete from outbox');
    await rule({ action: 'refuse', code: 131026 });
    await queue(['Me'], job, 'member');
    await deliver();
    expect(await outcomes()).toEqual(['retry', 'failed']);
    expect(await holder()).toEqual([{ holder: 'bot' }]);
  });
});

test('what waits in a tenant that is suspended does not leave, and says why', async () => {
  await owner.query("update conversations set holder = 'bot' where id = $1", [job.conversationId]);
  await queue(['bot']);
  await queue(['member'], job, 'member');
  await owner.query("update tenants set state = 'suspended' where id = $1", [tenant.id]);
  await deliver();
  expect(await bodies()).toEqual([]);
  expect(await statuses()).toEqual(['failed', 'failed']);
  expect(await failure()).toMatchObject({ reason: 'suspended' });
  expect(await outbox()).toEqual([]);
  expect(await rows('select holder from conversations where tenant_id = $1')).toEqual([{ holder: 'nobody' }]);
});
