import { beforeEach, expect, test } from 'vitest';
import { newId } from '#server/db/id.ts';
import { claimMessage } from '#server/delivery/claim-message.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook, webhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';

const { owner } = testDatabase();
const [before, after] = ['16505551234', '12195555358'];
let tenant: TestTenant;

beforeEach(async () => {
  tenant = await makeTenant({ bot: false });
});

async function write(from: string) {
  const body = textWebhook(tenant.phoneNumberId, { from, wamid: newId() });
  expect(await receive(body)).toEqual({ status: 200 });
}

/** As Meta writes it: from the old number, without contacts. */
const notice = (
  part: { wamid?: string; from?: string; to?: string; phoneNumberId?: string; user_id?: string } = {},
) => {
  const { wamid = newId(), from = before, to = after, phoneNumberId = tenant.phoneNumberId, ...more } = part;
  return webhook(phoneNumberId, {
    messages: [
      {
        ...{ from, id: wamid, timestamp: String(Math.floor(Date.now() / 1000)), type: 'system' },
        system: {
          ...{ body: `User Alex changed from ${from} to ${to}`, wa_id: to, type: 'user_changed_number' },
          ...more,
        },
      },
    ],
  });
};

const rows = async (sql: string) => (await owner.query(sql, [tenant.id])).rows;
const leads = () => rows('select id from leads where tenant_id = $1');
const conversations = () => rows('select id, inbound_count from conversations where tenant_id = $1');
const phones = () =>
  rows("select value, raw, lead_id from addresses where tenant_id = $1 and kind = 'phone' order by value");
const kinds = async () =>
  (await rows('select kind from messages where tenant_id = $1 order by at, id')).map(({ kind }) => kind);

test('who writes from their new number is the same lead, in the same conversation, and is answered there', async () => {
  await write(before);
  await receive(notice());
  await write(after);
  expect(await leads()).toHaveLength(1);
  const [conversation, ...others] = await conversations();
  expect(others).toEqual([]);
  // The notice waits for no answer.
  expect(conversation.inbound_count).toBe(2);
  expect(await kinds()).toEqual(['text', 'system', 'text']);

  const input = { tenant: tenant.slug, conversationId: conversation.id };
  const { items } = await memberCaller(tenant).inbox.thread({ tenant: tenant.slug, id: conversation.id });
  expect(JSON.stringify(items)).toContain(`User Alex changed from ${before} to ${after}`);
  await memberCaller(tenant).inbox.send({ ...input, id: newId(), text: 'Hi' });
  expect(await claimMessage({ tenantId: tenant.id, conversationId: conversation.id })).toMatchObject({
    phone: after,
  });
});

test('whoever has the old number afterwards is somebody else', async () => {
  await write(before);
  await receive(notice());
  await write(before);
  expect(await leads()).toHaveLength(2);
  expect((await phones()).map(({ value }) => value)).toEqual([after, before]);
});

test('the notice that comes again, and on each of the tenant’s numbers, changes nothing more', async () => {
  await write(before);
  const again = notice();
  for (let time = 0; time < 3; time += 1) await receive(again);
  await Promise.all([receive(notice()), receive(notice())]);
  expect(await leads()).toHaveLength(1);
  expect((await phones()).map(({ raw }) => raw)).toEqual([after]);
  expect(await kinds()).toEqual(['text', 'system', 'system', 'system']);
});

test('a Brazilian number that got its ninth digit is spelled anew', async () => {
  await write('551187654321');
  await receive(notice({ from: '551187654321', to: '5511987654321' }));
  expect(await leads()).toHaveLength(1);
  expect(await phones()).toMatchObject([{ value: '5511987654321', raw: '5511987654321' }]);
});

test('a number that another lead has stays theirs, and the old one its lead’s', async () => {
  await write(before);
  await write(after);
  const known = await phones();
  await receive(notice());
  expect(await phones()).toEqual(known);
  expect(await leads()).toHaveLength(2);
});

test('of somebody whom nobody knows the new number counts', async () => {
  await receive(notice());
  expect((await phones()).map(({ raw }) => raw)).toEqual([after]);
});

test('the business-scoped id that comes with a new number is the lead’s as well, and the one that is written to', async () => {
  const ids = ['US.1000', 'US.2000'];
  await receive(
    webhook(tenant.phoneNumberId, {
      contacts: [{ profile: { name: 'Alex' }, wa_id: before, user_id: ids[0] }],
      messages: [
        {
          ...{ from: before, from_user_id: ids[0], id: newId(), type: 'text', text: { body: 'Hi' } },
          timestamp: String(Math.floor(Date.now() / 1000)),
        },
      ],
    }),
  );
  await receive(notice({ user_id: 'US.2000' }));
  expect(await leads()).toHaveLength(1);
  await owner.query("delete from addresses where tenant_id = $1 and kind = 'phone'", [tenant.id]);
  const [{ id: conversationId }] = await conversations();
  await memberCaller(tenant).inbox.send({ tenant: tenant.slug, conversationId, id: newId(), text: 'Hi' });
  expect(await claimMessage({ tenantId: tenant.id, conversationId })).toMatchObject({ bsuid: ids[1] });
});
