import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { newId } from '#server/db/id.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, webhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';

const { owner } = testDatabase();
let tenant: TestTenant;
let id: string;

beforeEach(async () => {
  tenant = await makeTenant({ bot: false });
  await write('text');
  id = (await owner.query('select id from conversations where tenant_id = $1', [tenant.id])).rows[0].id;
});

const write = (type: string, wamid = newId()) =>
  receive(
    webhook(tenant.phoneNumberId, {
      messages: [{ from: '16505551234', id: wamid, type, [type]: { body: 'Hi' } }],
    }),
  );
const inbox = (user = tenant.agent) => memberCaller(tenant, user).inbox;
const read = (count: number, user = tenant.agent) =>
  inbox(user).markRead({ tenant: tenant.slug, conversationId: id, count });
const unread = async (user = tenant.agent) =>
  (await inbox(user).conversation({ tenant: tenant.slug, id })).unread;

test('reading goes forward only, however the tabs’ calls arrive', async () => {
  for (let time = 0; time < 9; time += 1) await write('text');
  await Promise.all([3, 9, 1, 7, 9, 2, 8, 0].map((count) => read(count)));
  expect(await unread()).toBe(1);
  await read(4);
  expect(await unread()).toBe(1);
});

test('nobody reads further than there is', async () => {
  await read(2_000_000_000);
  await write('text');
  expect(await unread()).toBe(1);
});

test('each member reads for themselves', async () => {
  await read(1);
  expect([await unread(), await unread(tenant.owner)]).toEqual([0, 1]);
});

test('a conversation that is nowhere is not found', async () => {
  const nowhere = { tenant: tenant.slug, conversationId: newId(), count: 1 };
  await expect(inbox().markRead(nowhere)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('after any two hundred events the counter is what one would count', async () => {
  const event = fc.oneof(
    { weight: 4, arbitrary: fc.constant({ do: 'write' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'repeat' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'react' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'close' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'send' as const }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('read' as const),
        owner: fc.boolean(),
        share: fc.integer({ min: 0, max: 120 }),
      }),
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 66, maxLength: 66 }), async (events) => {
      await owner.query(
        'delete from read_marks; delete from messages; update conversations set inbound_count = 0',
      );
      const written: string[] = [];
      const seen = { agent: 0, owner: 0 };
      for (const one of events) {
        if (one.do === 'write') {
          written.push(newId());
          await write('text', written.at(-1));
        } else if (one.do === 'repeat')
          await Promise.all(written.slice(-3).map((wamid) => write('text', wamid)));
        else if (one.do === 'react') await write('reaction');
        else if (one.do === 'close') await inbox().close({ tenant: tenant.slug, conversationId: id });
        else if (one.do === 'send')
          await inbox().send({ tenant: tenant.slug, conversationId: id, id: newId(), text: 'Hi' });
        else {
          const who = one.owner ? ('owner' as const) : ('agent' as const);
          const count = Math.floor((written.length * one.share) / 100);
          await read(count, tenant[who]);
          seen[who] = Math.max(seen[who], Math.min(count, written.length));
        }
      }
      expect([await unread(), await unread(tenant.owner)]).toEqual([
        written.length - seen.agent,
        written.length - seen.owner,
      ]);
    }),
    { numRuns: 3 },
  );
});
