import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { receive } from '#server/testing/receive.ts';
import { applyEarlyStatuses, applyStatuses, type StatusNews } from './apply-status.ts';
import { recordOutbound } from './record-outbound.ts';
import { ladder } from './status.ts';

const { owner } = testDatabase();
let tenant: TestTenant;
let other: TestTenant;
let conversationId: string;

const rungs = ['sent', 'delivered', 'read', 'failed'] as const;
const at = new Date('2026-11-24T10:00:00Z');
type Rung = (typeof rungs)[number];

beforeAll(async () => {
  [tenant, other] = [await makeTenant({ bot: false }), await makeTenant({ bot: false })];
  await receive(textWebhook(tenant.phoneNumberId, { wamid: 'wamid.in' }));
  const { rows } = await owner.query('select id from conversations');
  conversationId = rows[0].id;
});

beforeEach(async () => {
  await owner.query('delete from early_statuses');
});

async function makeMessage(wamid: string | null) {
  const id = newId();
  const { id: tenantId, channelId } = tenant;
  await asPlatform((tx) =>
    recordOutbound(
      tx,
      [
        {
          ...{ tenantId, id, conversationId, channelId, at, authorId: null, content: null },
          author: 'bot',
          kind: 'text',
          body: 'Hi',
        },
      ],
      at,
    ),
  );
  if (wamid !== null)
    await owner.query('update messages set wamid = $2, accepted_at = now() where id = $1', [id, wamid]);
  return id;
}

const news = (wamid: string, rung: Rung, part: Partial<StatusNews> = {}): StatusNews => ({
  ...{ tenantId: tenant.id, channelId: tenant.channelId, wamid, rung, at, messageId: null, pricing: null },
  failure: rung === 'failed' ? { code: 131049, title: 'Held back' } : null,
  ...part,
});
const apply = (...given: StatusNews[]) => asPlatform((tx) => applyStatuses(tx, given));

async function messageRow(id: string) {
  const { rows } = await owner.query('select * from messages where id = $1', [id]);
  return rows[0];
}

const highest = (heard: Rung[]) =>
  ladder.findLast((rung) => rung === 'accepted' || heard.some((word) => word === rung));

describe('whatever the order of the news, and however often it comes', () => {
  const heard = fc.array(fc.constantFrom(...rungs), { minLength: 1, maxLength: 8 });

  test('the status is the highest rung of all, one by one', async () => {
    await fc.assert(
      fc.asyncProperty(heard, async (given) => {
        const wamid = `wamid.${newId()}`;
        const id = await makeMessage(wamid);
        for (const rung of given) await apply(news(wamid, rung));
        expect((await messageRow(id)).status).toBe(highest(given));
      }),
      { numRuns: 40 },
    );
  });

  test('and in one batch', async () => {
    await fc.assert(
      fc.asyncProperty(heard, async (given) => {
        const wamid = `wamid.${newId()}`;
        const id = await makeMessage(wamid);
        await apply(...given.map((rung) => news(wamid, rung)));
        expect((await messageRow(id)).status).toBe(highest(given));
      }),
      { numRuns: 40 },
    );
  });

  test('and when some of it comes before we know the message’s id at Meta', async () => {
    await fc.assert(
      fc.asyncProperty(heard, heard, async (early, late) => {
        const wamid = `wamid.${newId()}`;
        const id = await makeMessage(null);
        for (const rung of early) await apply(news(wamid, rung));
        await owner.query('update messages set wamid = $2, accepted_at = now() where id = $1', [id, wamid]);
        for (const rung of late) await apply(news(wamid, rung));
        await asPlatform((tx) => applyEarlyStatuses(tx));
        expect((await messageRow(id)).status).toBe(highest([...early, ...late]));
      }),
      { numRuns: 30 },
    );
  });

  test('and when it comes from many at once', async () => {
    const wamid = `wamid.${newId()}`;
    const id = await makeMessage(wamid);
    await Promise.all(
      Array.from({ length: 24 }, (_, index) => apply(news(wamid, rungs[index % 4] ?? 'sent'))),
    );
    expect((await messageRow(id)).status).toBe('read');
  });
});

test('each rung keeps the time at which it was first heard of', async () => {
  const wamid = `wamid.${newId()}`;
  const id = await makeMessage(wamid);
  const later = new Date('2026-11-24T11:00:00Z');
  await apply(news(wamid, 'read'), news(wamid, 'sent'), news(wamid, 'sent', { at: later }));
  await apply(news(wamid, 'read', { at: later }));
  expect(await messageRow(id)).toMatchObject({ sent_at: at, read_at: at, delivered_at: null });
});

test('a failure keeps its reason also when a delivery is heard of, and news of the same changes nothing', async () => {
  const wamid = `wamid.${newId()}`;
  const id = await makeMessage(wamid);
  expect(await apply(news(wamid, 'failed'))).toHaveLength(1);
  expect(await apply(news(wamid, 'failed', { failure: { code: 1 } }))).toEqual([]);
  await apply(news(wamid, 'delivered'));
  expect(await messageRow(id)).toMatchObject({ status: 'delivered', failure: { code: 131049 } });
});

describe('a message that we do not know by Meta’s id', () => {
  test('is found by the id that we gave along, and learns Meta’s', async () => {
    const wamid = `wamid.${newId()}`;
    const id = await makeMessage(null);
    await apply(news(wamid, 'sent', { messageId: id }));
    expect(await messageRow(id)).toMatchObject({ status: 'sent', wamid });
    await apply(news(wamid, 'delivered'));
    expect(await messageRow(id)).toMatchObject({ status: 'delivered' });
  });

  test('is not found by it under another tenant, on another channel, or when it is known by another id', async () => {
    const id = await makeMessage(null);
    await apply(news('wamid.x', 'read', { messageId: id, tenantId: other.id, channelId: other.channelId }));
    await apply(news('wamid.x', 'read', { messageId: id, channelId: other.channelId }));
    expect((await messageRow(id)).status).toBe('queued');
    const known = await makeMessage('wamid.known');
    await apply(news('wamid.x', 'read', { messageId: known }));
    expect(await messageRow(known)).toMatchObject({ status: 'accepted', wamid: 'wamid.known' });
  });

  test('its settled outcome waits in the outbox no more', async () => {
    const id = await makeMessage(null);
    await owner.query('update messages set unknown_at = now() where id = $1', [id]);
    await owner.query('update outbox set unknown = true where message_id = $1', [id]);
    await apply(news(`wamid.${newId()}`, 'sent', { messageId: id }));
    expect((await owner.query('select from outbox where message_id = $1', [id])).rowCount).toBe(0);
  });
});

describe('news that nobody has use for yet', () => {
  const kept = async () => (await owner.query('select rung from early_statuses order by rung')).rows;

  test('is kept once for each rung', async () => {
    await apply(news('wamid.later', 'sent'), news('wamid.later', 'sent'), news('wamid.later', 'read'));
    await apply(news('wamid.later', 'sent'));
    expect(await kept()).toEqual([{ rung: 'read' }, { rung: 'sent' }]);
  });

  test('goes once it was applied', async () => {
    await apply(news('wamid.soon', 'sent'));
    const id = await makeMessage('wamid.soon');
    expect(await asPlatform((tx) => applyEarlyStatuses(tx))).toMatchObject([
      { tenantId: tenant.id, conversationId },
    ]);
    expect(await kept()).toEqual([]);
    expect((await messageRow(id)).status).toBe('sent');
  });

  test('of a message that came in is no news of ours, and does not stay young for ever', async () => {
    await apply(news('wamid.in', 'read'));
    await owner.query("update early_statuses set received_at = now() - interval '3 days'");
    await asPlatform((tx) => applyEarlyStatuses(tx));
    const { rows } = await owner.query(
      "select received_at < now() - interval '2 days' as old from early_statuses",
    );
    expect(rows).toEqual([{ old: true }]);
    expect((await owner.query("select status from messages where wamid = 'wamid.in'")).rows).toEqual([
      { status: null },
    ]);
  });
});

describe('what Meta charges', () => {
  const charged = async () =>
    (
      await owner.query(
        'select category, type, sum(count)::int as count from charges where tenant_id = $1 group by 1, 2 order by 1, 2',
        [tenant.id],
      )
    ).rows;
  const free = { category: 'service', type: 'free_customer_service' };

  beforeEach(() => owner.query('delete from charges'));

  test('is counted once for each message that arrives, whatever the order and however often it is told', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ rung: fc.constantFrom(...rungs), priced: fc.boolean() }), {
          minLength: 1,
          maxLength: 6,
        }),
        async (told) => {
          await owner.query('delete from charges');
          const wamid = `wamid.${newId()}`;
          const id = await makeMessage(wamid);
          await Promise.all(
            told.map(({ rung, priced }) => apply(news(wamid, rung, { pricing: priced ? free : null }))),
          );
          const isCharged = told.some(
            ({ rung, priced }) => priced && (rung === 'delivered' || rung === 'read'),
          );
          expect(await charged()).toEqual(isCharged ? [{ ...free, count: 1 }] : []);
          expect((await messageRow(id)).charged_in !== null).toBe(isCharged);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('is not lost where the news comes before the answer that names the message', async () => {
    const wamid = `wamid.${newId()}`;
    await apply(news(wamid, 'delivered', { pricing: { category: 'utility', type: 'regular' } }));
    expect(await charged()).toEqual([]);
    await makeMessage(wamid);
    await asPlatform((tx) => applyEarlyStatuses(tx));
    expect(await charged()).toEqual([{ category: 'utility', type: 'regular', count: 1 }]);
  });
});
