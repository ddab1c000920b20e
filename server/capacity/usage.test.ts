import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { takeTurns } from '#server/bot/take-turns.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { releaseHeld } from '#server/delivery/release-held.ts';
import { sendMessage } from '#server/delivery/send-message.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { testFrom } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';
import { grantQuota } from './change-quotas.ts';
import type { QuotaName } from './quotas.ts';

const { owner } = testDatabase();
let tenant: TestTenant;
let count = 0;

beforeEach(async () => {
  tenant = await makeTenant();
});

const rows = async (sql: string) => (await owner.query(sql, [tenant.id])).rows;
const actor = { userId: null, name: 'a test', ...testFrom };
const grant = (quota: QuotaName, value: number) =>
  asPlatform((tx) =>
    grantQuota(tx, { tenantId: tenant.id, quota, value, reason: 'a test', expiresAt: null, actor }),
  );

async function write(from: string) {
  count += 1;
  const body = textWebhook(tenant.phoneNumberId, {
    from,
    text: `No ${count}`,
    wamid: `wamid.usage.${count}`,
  });
  expect(await receive(body)).toEqual({ status: 200 });
}
const jobs = () =>
  rows(
    'select tenant_id as "tenantId", id as "conversationId" from conversations where tenant_id = $1 order by id',
  );
const people = (many: number) => Array.from({ length: many }, (_, index) => `1650557${1000 + index}`);

async function takenOver(text: string, now = new Date()) {
  const [conversation] = await jobs();
  return withTenant(tenant.id, (tx) =>
    sendMessage(tx, { ...conversation, id: newId(), text, author: tenant.agent.id }, now),
  );
}

/** What the counters say against what the ledger says, day by day. */
const counted = () =>
  rows(`select day::text, sum(inbound)::int as inbound, sum(outbound)::int as outbound, sum(active)::int as active
        from usage where tenant_id = $1 group by day order by day`);
const inLedger = () =>
  rows(`select counted_on::text as day, count(*) filter (where direction = 'inbound')::int as inbound,
               count(*) filter (where direction = 'outbound')::int as outbound,
               count(distinct conversation_id)::int as active
        from messages where tenant_id = $1 and counted_on is not null group by counted_on order by counted_on`);
const held = () =>
  rows('select id from messages where tenant_id = $1 and held_at is not null order by held_at, id');

test('whatever is written, in whatever company, the counters say what the ledger says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ person: fc.nat(4), repeat: fc.boolean() }), { minLength: 1, maxLength: 25 }),
      fc.option(fc.integer({ min: 0, max: 40 })),
      async (acts, quota) => {
        tenant = await makeTenant();
        if (quota !== null) await grant('messages', quota);
        const work = acts.map(async ({ person, repeat }) => {
          const from = people(5)[person] ?? '';
          await write(from);
          if (repeat) {
            // The same webhook again: Meta repeats what it is not sure of.
            const body = textWebhook(tenant.phoneNumberId, {
              from,
              text: 'again',
              wamid: `wamid.usage.${count}`,
            });
            await receive(body);
          }
        });
        await Promise.all([...work, takeTurns(await jobs())]);
        await Promise.all([takeTurns(await jobs()), takeTurns(await jobs())]);
        expect(await counted()).toEqual(await inLedger());
        const [day] = await counted();
        if (quota !== null) expect(day?.outbound ?? 0).toBeLessThanOrEqual(quota);
      },
    ),
    { numRuns: 12 },
  );
});

test('four workers at once send exactly the quota; the rest is written, held, and counted by nobody', async () => {
  await grant('messages', 5);
  for (const from of people(12)) await write(from);
  const all = await jobs();
  await Promise.all([0, 3, 6, 9].map((from) => takeTurns(all.slice(from, from + 3))));
  expect(await counted()).toMatchObject([{ inbound: 12, outbound: 5, active: 12 }]);
  const waiting = await held();
  expect(waiting.length).toBeGreaterThan(0);
  expect(await rows(`select count(*)::int from outbox where tenant_id = $1 and due_at = 'infinity'`)).toEqual(
    [{ count: waiting.length }],
  );
});

test('a member is refused in words that name the quota, what is used and when it renews; the grace is the members’ alone', async () => {
  await grant('messages', 2);
  await write('16505571000');
  await takenOver('one');
  await takenOver('two');
  await expect(takenOver('three')).rejects.toThrow(
    /The quota of messages a day is used up: 2 of 2 went out today\. It renews at 00:00 \(Europe\/Madrid\)\./,
  );
  await grant('grace', 50);
  await takenOver('three');
  await expect(takenOver('four')).rejects.toThrow(/3 of 2/);
  await write('16505571001');
  await takeTurns((await jobs()).slice(1));
  expect(await held()).toHaveLength(1);
  expect(await counted()).toEqual(await inLedger());
});

test('what is held goes on with a larger quota, oldest first, and is spent on the day on which it leaves', async () => {
  await grant('messages', 0);
  for (const from of people(3)) {
    await write(from);
    await takeTurns(await jobs());
  }
  const before = await held();
  expect(before).toHaveLength(3);
  await releaseHeld();
  expect(await held()).toEqual(before);
  await grant('messages', 2);
  await releaseHeld();
  expect(await held()).toEqual(before.slice(2));
  expect(await rows(`select count(*)::int from outbox where tenant_id = $1 and due_at <= now()`)).toEqual([
    { count: 2 },
  ]);
  expect(await counted()).toEqual(await inLedger());
  // A day later it renews by itself, and the window is still open for who wrote last.
  await owner.query(
    "update conversations set window_closes_at = window_closes_at + interval '1 day' where tenant_id = $1",
    [tenant.id],
  );
  await releaseHeld(new Date(Date.now() + 24 * 3600 * 1000));
  expect(await held()).toEqual([]);
  expect((await counted()).map(({ outbound }) => outbound)).toEqual([2, 1]);
  expect(await counted()).toEqual(await inLedger());
});

test('what is held when the window closes fails, and a person has the conversation', async () => {
  await grant('messages', 0);
  await write('16505571000');
  await takeTurns(await jobs());
  await grant('messages', 10);
  await releaseHeld(new Date(Date.now() + 25 * 3600 * 1000));
  expect(await held()).toEqual([]);
  expect(
    await rows(
      "select status, failure ->> 'reason' as reason from messages where tenant_id = $1 and author = 'bot'",
    ),
  ).toEqual([{ status: 'failed', reason: 'held-too-long' }]);
  expect(await rows('select holder from conversations where tenant_id = $1')).toEqual([{ holder: 'nobody' }]);
  expect(await rows('select count(*)::int from outbox where tenant_id = $1')).toEqual([{ count: 0 }]);
});

test('once a person has answered, what the bot held back stays unsaid', async () => {
  await grant('messages', 0);
  await write('16505571000');
  await takeTurns(await jobs());
  await grant('messages', 10);
  await takenOver('I am here');
  await releaseHeld();
  expect(
    await rows(
      "select author, status, held_at from messages where tenant_id = $1 and direction = 'outbound' order by at",
    ),
  ).toEqual([
    { author: 'bot', status: 'failed', held_at: null },
    { author: 'member', status: 'queued', held_at: null },
  ]);
});

test('an answer never overtakes one that is held', async () => {
  await grant('messages', 0);
  await write('16505571000');
  await takeTurns(await jobs());
  await grant('messages', 10);
  await write('16505571000');
  await takeTurns(await jobs());
  expect((await held()).length).toBeGreaterThan(1);
  await releaseHeld();
  expect(await held()).toEqual([]);
});

test('a changed time zone begins no new day: the former one counts until its midnight', async () => {
  const at = (iso: string) => new Date(iso);
  await owner.query("update tenants set time_zone = 'Pacific/Kiritimati' where id = $1", [tenant.id]);
  const [{ from } = { from: at('') }] = await rows(
    'select time_zone_from as from from tenants where id = $1',
  );
  const day = async (moment: Date) =>
    (
      await owner.query(
        `select usage_day(time_zone, former_time_zone, time_zone_from, $2)::text as day,
                usage_renews_at(time_zone, former_time_zone, time_zone_from, $2) as renews from tenants where id = $1`,
        [tenant.id, moment],
      )
    ).rows[0];
  const madrid = (moment: Date) => moment.toLocaleDateString('sv', { timeZone: 'Europe/Madrid' });
  const before = new Date(from.getTime() - 1);
  expect(await day(before)).toEqual({ day: madrid(before), renews: from });
  expect((await day(from)).day).toBe(from.toLocaleDateString('sv', { timeZone: 'Pacific/Kiritimati' }));
  await owner.query("update tenants set time_zone = 'Asia/Tokyo' where id = $1", [tenant.id]);
  expect(await day(before)).toEqual({ day: madrid(before), renews: from });
});
