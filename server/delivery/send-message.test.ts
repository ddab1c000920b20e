import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#server/db/id.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { receive } from '#server/testing/receive.ts';
import { sendMessage } from './send-message.ts';

const { owner } = testDatabase();
let tenant: TestTenant;
let conversationId: string;
let closesAt: Date;

beforeEach(async () => {
  tenant = await makeTenant();
  await receive(textWebhook(tenant.phoneNumberId, { wamid: newId() }));
  const { rows } = await owner.query('select id, window_closes_at from conversations where tenant_id = $1', [
    tenant.id,
  ]);
  [conversationId, closesAt] = [rows[0].id, rows[0].window_closes_at];
});

const send = (part: { id?: string; author?: string; conversationId?: string } = {}, now?: Date) =>
  withTenant(tenant.id, (tx) =>
    sendMessage(tx, { conversationId, id: newId(), text: 'Hi', author: tenant.agent.id, ...part }, now),
  );
const rows = async (sql: string) => (await owner.query(sql, [tenant.id])).rows;
const sent = () =>
  rows("select id, status, author_id from messages where tenant_id = $1 and author = 'member'");
const waiting = () => rows('select message_id from outbox where tenant_id = $1');
const jobs = () => rows("select from pgboss.job where name = 'deliver' and data->>'tenantId' = $1");

test('a text is queued, waits, has a job, and is the member’s', async () => {
  const { id } = await send();
  expect(await sent()).toEqual([{ id, status: 'queued', author_id: tenant.agent.id }]);
  expect(await waiting()).toEqual([{ message_id: id }]);
  expect(await jobs()).toHaveLength(1);
});

test('the same id, asked for again and again, is one message', async () => {
  const id = newId();
  const answers = await Promise.all(Array.from({ length: 10 }, () => send({ id })));
  expect(answers).toEqual(Array.from({ length: 10 }, () => ({ id })));
  expect(await sent()).toHaveLength(1);
  expect(await waiting()).toHaveLength(1);
});

test('an id that another conversation’s message has is refused', async () => {
  const { id } = await send();
  await receive(textWebhook(tenant.phoneNumberId, { wamid: newId(), from: '16505550000' }));
  const [other] = await rows(
    `select id from conversations where tenant_id = $1 and id <> '${conversationId}'`,
  );
  await expect(send({ id, conversationId: other.id })).rejects.toMatchObject({ reason: 'id-taken' });
});

test('in a suspended tenant nothing is sent, and the member is told why', async () => {
  await owner.query("update tenants set state = 'suspended' where id = $1", [tenant.id]);
  await expect(send()).rejects.toMatchObject({ code: 'precondition', reason: 'tenant-suspended' });
  expect(await sent()).toEqual([]);
});

describe('the window', () => {
  test('is open in its last millisecond', async () => {
    await send({}, new Date(closesAt.getTime() - 1));
    expect(await sent()).toHaveLength(1);
  });

  test('is closed from then on, and nothing is written or taken over', async () => {
    await expect(send({}, closesAt)).rejects.toMatchObject({ code: 'precondition', reason: 'window-closed' });
    expect([...(await sent()), ...(await waiting())]).toEqual([]);
    expect(await rows('select holder from conversations where tenant_id = $1')).toEqual([{ holder: 'bot' }]);
  });

  test('opens again when the lead writes', async () => {
    await owner.query("update conversations set window_closes_at = now() - interval '1 hour'");
    await expect(send()).rejects.toMatchObject({ reason: 'window-closed' });
    await receive(textWebhook(tenant.phoneNumberId, { wamid: newId() }));
    await send();
    expect(await sent()).toHaveLength(1);
  });
});

describe('who writes', () => {
  test('takes the conversation from the bot, and opens it', async () => {
    await owner.query('update conversations set open = false');
    await send();
    expect(await rows('select holder, assignee_id, open from conversations where tenant_id = $1')).toEqual([
      { holder: 'member', assignee_id: tenant.agent.id, open: true },
    ]);
    expect(await rows('select kind, actor_id from conversation_events where tenant_id = $1')).toEqual([
      { kind: 'taken-over', actor_id: tenant.agent.id },
    ]);
  });

  test('never takes it from a colleague', async () => {
    await send();
    await expect(send({ author: tenant.owner.id })).rejects.toMatchObject({ reason: 'held-by-other' });
    expect(await sent()).toHaveLength(1);
  });

  test('of two at once, one writes and the other is told', async () => {
    const both = await Promise.allSettled([send(), send({ author: tenant.owner.id })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await sent()).toHaveLength(1);
  });

  test('writes in no conversation of another tenant', async () => {
    const other = await makeTenant();
    const tried = withTenant(other.id, (tx) =>
      sendMessage(tx, { conversationId, id: newId(), text: 'Hi', author: other.agent.id }),
    );
    await expect(tried).rejects.toMatchObject({ code: 'not-found' });
  });
});
