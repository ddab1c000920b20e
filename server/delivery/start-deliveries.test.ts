import { afterEach, beforeEach, expect, test } from 'vitest';
import { outboundAt, recordOutbound } from '#server/conversations/record-outbound.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, webhook } from '#server/testing/factories.ts';
import { receive } from '#server/testing/receive.ts';
import { simulatedMetaWithWeb } from '#server/testing/simulated-meta.ts';
import { deliveriesDrained, startDeliveries } from './start-deliveries.ts';

const { owner } = testDatabase();
const meta = simulatedMetaWithWeb();
let tenant: TestTenant;

beforeEach(async () => {
  tenant = await makeTenant({ bot: false });
  await meta.addNumber(tenant);
});
afterEach(deliveriesDrained);

const jobsOf = async ({ id }: TestTenant) =>
  (
    await owner.query(
      'select tenant_id as "tenantId", id as "conversationId", channel_id as "channelId" from conversations where tenant_id = $1 order by id',
      [id],
    )
  ).rows;

/** So many people wrote, and each has an answer that waits. */
async function answersTo(people: number, { id: tenantId, phoneNumberId, channelId }: TestTenant = tenant) {
  const from = Array.from({ length: people }, (_, index) => String(4_915_000_000_000 + index));
  await receive(
    webhook(phoneNumberId, {
      contacts: from.map((wa_id) => ({ profile: { name: 'Alex' }, wa_id })),
      messages: from.map((one) => ({
        ...{ from: one, id: newId(), timestamp: String(Math.floor(Date.now() / 1000)), type: 'text' },
        text: { body: 'Hi' },
      })),
    }),
  );
  const jobs = await jobsOf({ ...tenant, id: tenantId });
  const at = outboundAt(new Date(), new Date());
  const made = jobs.map(({ conversationId }) => ({
    ...{ tenantId, id: newId(), conversationId, channelId, at, author: 'bot' as const, authorId: null },
    ...{ kind: 'text', body: 'Hello', content: null },
  }));
  await asPlatform((tx) => recordOutbound(tx, made, new Date()));
  return jobs;
}

const accepted = async (one = tenant) =>
  (await meta.attempts(one)).filter((attempt) => attempt.accepted).length;
const putOff = async () =>
  (
    await owner.query(
      `select round(extract(epoch from start_after - created_on))::int as seconds, count(*)::int from pgboss.job
       where name = 'deliver' and singleton_key like '% later' and data ->> 'tenantId' = $1 group by 1 order by 1`,
      [tenant.id],
    )
  ).rows;

test('jobs are done as soon as they are taken over, and all of it leaves', async () => {
  const jobs = await answersTo(60);
  expect(await startDeliveries(jobs)).toEqual(jobs.map(() => 'done'));
  await expect.poll(() => accepted(), { timeout: 20_000 }).toBe(60);
}, 30_000);

test('a number at which Meta hangs holds up no other', async () => {
  const other = await makeTenant({ bot: false });
  await meta.addNumber(other);
  await meta.control('rules', {
    ...{ action: 'slow', ms: 6_000, phone_number_id: tenant.phoneNumberId, times: null },
  });
  const stuck = await answersTo(50);
  const free = await answersTo(30, other);
  await startDeliveries([...stuck, ...free]);
  await expect.poll(() => accepted(other), { timeout: 5_000 }).toBe(30);
  // So many wait for their answer and no more: the rest wait without an attempt.
  const stages = `select count(*) filter (where claimed_at is not null)::int as claimed, count(*)::int as waiting
                  from outbox where tenant_id = $1`;
  await expect
    .poll(async () => (await owner.query(stages, [tenant.id])).rows)
    .toEqual([{ claimed: 40, waiting: 50 }]);
}, 30_000);

test('a number sends no faster than Meta takes it', async () => {
  await meta.control('behaviour', { numberLimit: true });
  try {
    await startDeliveries(await answersTo(200));
    await expect.poll(() => accepted(), { timeout: 20_000 }).toBe(200);
    const { rows } = await owner.query(
      'select extract(epoch from max(started_at) - min(started_at))::float8 as seconds, max(number) as attempts from attempts where tenant_id = $1',
      [tenant.id],
    );
    expect(rows[0].attempts).toBe(1);
    // 200 at 80 a second, less what may leave at once.
    expect(rows[0].seconds).toBeGreaterThan(1.5);
  } finally {
    await meta.control('behaviour', { numberLimit: false });
  }
}, 30_000);

test('what is too much for the memory goes back to the queue, for when there will be room', async () => {
  await meta.control('rules', {
    ...{ action: 'slow', ms: 1_000, phone_number_id: tenant.phoneNumberId, times: null },
  });
  const jobs = Array.from({ length: 600 }, () => ({
    ...{ tenantId: tenant.id, conversationId: newId(), channelId: tenant.channelId },
  }));
  await startDeliveries([...(await answersTo(40)), ...jobs]);
  const seconds = await putOff();
  expect(seconds.reduce((sum, { count }) => sum + count, 0)).toBe(200);
  expect(seconds.map((one) => one.seconds)).toEqual([6, 7, 8]);
}, 30_000);
