import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#server/db/id.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook, webhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';

const { owner } = testDatabase();
let tenant: TestTenant;
let id: string;

beforeEach(async () => {
  tenant = await makeTenant();
  await receive(textWebhook(tenant.phoneNumberId, { wamid: newId() }));
  id = (await owner.query('select id from conversations where tenant_id = $1', [tenant.id])).rows[0].id;
});

const inbox = (user = tenant.agent) => memberCaller(tenant, user).inbox;
const ask = () => ({ tenant: tenant.slug, conversationId: id });
const holder = async () => (await inbox().conversation({ tenant: tenant.slug, id })).holder;
const events = async () =>
  (
    await owner.query('select kind, actor_id from conversation_events where tenant_id = $1 order by at, id', [
      tenant.id,
    ])
  ).rows.map(({ kind }) => kind);

describe('taking over', () => {
  test('of two members at once, who both saw the bot, one has it and the other is told', async () => {
    const both = await Promise.allSettled([
      inbox().takeOver({ ...ask(), from: 'bot' }),
      inbox(tenant.owner).takeOver({ ...ask(), from: 'bot' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = both.find((one) => one.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'CONFLICT', cause: { reason: 'held-by-other' } });
    expect(await events()).toEqual(['taken-over']);
  });

  test('from a colleague, knowingly, works', async () => {
    await inbox().takeOver({ ...ask(), from: 'bot' });
    await inbox(tenant.owner).takeOver({ ...ask(), from: tenant.agent.id });
    expect(await holder()).toMatchObject({ kind: 'member', userId: tenant.owner.id, you: false });
  });

  test('again changes nothing', async () => {
    await inbox().takeOver(ask());
    await inbox().takeOver(ask());
    await inbox().takeOver({ ...ask(), from: 'bot' });
    expect(await events()).toEqual(['taken-over']);
  });

  test('opens a closed conversation', async () => {
    await inbox().close(ask());
    await inbox().takeOver(ask());
    expect((await inbox().conversation({ tenant: tenant.slug, id })).open).toBe(true);
  });
});

describe('handing back', () => {
  test('gives it to the bot, which answers the lead’s next message', async () => {
    await inbox().takeOver(ask());
    await inbox().handBack(ask());
    expect(await holder()).toEqual({ kind: 'bot' });
    await receive(textWebhook(tenant.phoneNumberId, { wamid: newId() }));
    const { rowCount } = await owner.query('select from turns where tenant_id = $1', [tenant.id]);
    expect(rowCount).toBe(2);
    expect(await events()).toEqual(['taken-over', 'handed-back']);
  });

  test('to a bot that is switched off is refused', async () => {
    await inbox().takeOver(ask());
    await owner.query('update channels set bot_on = false where tenant_id = $1', [tenant.id]);
    await expect(inbox().handBack(ask())).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
      cause: { reason: 'bot-off' },
    });
  });

  test('twice is once', async () => {
    await inbox().takeOver(ask());
    await inbox().handBack(ask());
    await inbox().handBack(ask());
    expect(await events()).toEqual(['taken-over', 'handed-back']);
  });
});

test('closing and opening are noted once each, however often', async () => {
  await inbox().close(ask());
  await inbox().close(ask());
  await inbox().reopen(ask());
  await inbox().reopen(ask());
  expect(await events()).toEqual(['closed', 'reopened']);
});

describe('the lead opens it by writing', () => {
  // Meta's stamps are whole seconds: one that is surely after the closing.
  const write = () =>
    receive(textWebhook(tenant.phoneNumberId, { wamid: newId(), at: Math.floor(Date.now() / 1_000) + 2 }));
  const thread = async () =>
    (await inbox().thread({ tenant: tenant.slug, id })).items.map((item) =>
      item.type === 'event' ? item.text : item.direction,
    );

  test('which is noted below what they wrote, once for each time', async () => {
    await inbox().close(ask());
    await Promise.all([write(), write()]);
    expect(await thread()).toEqual([
      'inbound',
      'You closed the conversation',
      'inbound',
      'inbound',
      'Opened again, because the lead wrote',
    ]);
    await inbox().close(ask());
    await write();
    expect((await events()).toSorted()).toEqual(['closed', 'closed', 'reopened', 'reopened']);
    const { rows } = await owner.query(
      "select id::text from conversation_events where detail = 'lead-wrote'",
    );
    for (const { id: event } of rows) expect(event).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });

  test('but not a reaction, which opens nothing, nor a member’s hand', async () => {
    await inbox().close(ask());
    await receive(
      webhook(tenant.phoneNumberId, {
        messages: [
          { from: '16505551234', id: newId(), type: 'reaction', reaction: { message_id: 'x', emoji: '👍' } },
        ],
      }),
    );
    expect(await events()).toEqual(['closed']);
    await inbox().reopen(ask());
    await write();
    expect(await events()).toEqual(['closed', 'reopened']);
  });
});
