import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { receive } from '#server/testing/receive.ts';
import { type Outbound, outboundAt, recordOutbound } from './record-outbound.ts';

const { owner } = testDatabase();
const now = new Date();
let tenant: TestTenant;
let conversationId: string;

beforeAll(async () => {
  tenant = await makeTenant({ bot: false });
  await receive(textWebhook(tenant.phoneNumberId, { wamid: 'wamid.in' }));
  conversationId = (await owner.query('select id from conversations')).rows[0].id;
});

const outbound = (part: Partial<Outbound> = {}): Outbound => ({
  ...{
    tenantId: tenant.id,
    id: newId(),
    conversationId,
    channelId: tenant.channelId,
    at: new Date(now.getTime() + 5000),
  },
  ...{ author: 'bot', authorId: null, kind: 'text', body: 'Hi', content: null },
  ...part,
});
const record = (...rows: Outbound[]) => asPlatform((tx) => recordOutbound(tx, rows, now));
const counts = async () =>
  (
    await owner.query(
      'select (select count(*)::int from messages where direction = $1) as messages, (select count(*)::int from outbox) as waiting',
      ['outbound'],
    )
  ).rows[0];

test('what is said stands after what is there, even when the clock went back', () => {
  const time = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(time, time, (clock, last) => {
      const at = outboundAt(clock, last);
      return at > last && at >= clock;
    }),
  );
});

describe('a message that is to leave', () => {
  test('is queued, waits in the outbox, and moves its conversation up', async () => {
    const message = outbound();
    expect(await record(message)).toEqual([message.id]);
    expect(await counts()).toEqual({ messages: 1, waiting: 1 });
    const { rows } = await owner.query(
      'select m.status, c.last_message_id = m.id and c.last_at = m.at as newest from messages m join conversations c on c.id = m.conversation_id where m.id = $1',
      [message.id],
    );
    expect(rows).toEqual([{ status: 'queued', newest: true }]);
  });

  test('is made once, however often its id is given, in one go or several', async () => {
    const message = outbound();
    const before = await counts();
    expect(await record(message)).toEqual([message.id]);
    expect(await record({ ...message, body: 'Changed' })).toEqual([]);
    await Promise.all(Array.from({ length: 8 }, () => record(message)));
    expect(await counts()).toEqual({ messages: before.messages + 1, waiting: before.waiting + 1 });
  });

  test('keeps what can be read of a text that PostgreSQL cannot hold', async () => {
    const message = outbound({ body: 'a\0b \ud83d c 👍 \\u0000' });
    await record(message);
    const { rows } = await owner.query('select body from messages where id = $1', [message.id]);
    expect(rows).toEqual([{ body: 'a\ufffdb \ufffd c 👍 \\u0000' }]);
  });

  test('that stands before the newest one leaves the newest one', async () => {
    const newest = outbound({ at: new Date(now.getTime() + 60_000) });
    await record(newest);
    await record(outbound());
    const { rows } = await owner.query('select last_message_id from conversations');
    expect(rows).toEqual([{ last_message_id: newest.id }]);
  });
});
