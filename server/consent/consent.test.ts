import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#server/db/id.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';
import { simulatedMetaWithWeb } from '#server/testing/simulated-meta.ts';

const { owner } = testDatabase();
const meta = simulatedMetaWithWeb();
let tenant: TestTenant;
let lead: { tenant: string; leadId: string };
let conversationId: string;
const from = '16505551234';

beforeEach(async () => {
  tenant = await makeTenant({ bot: false });
  await meta.addNumber(tenant);
  await write('Hello');
  const { rows } = await owner.query('select id, lead_id from conversations where tenant_id = $1', [
    tenant.id,
  ]);
  lead = { tenant: tenant.slug, leadId: rows[0].lead_id };
  conversationId = rows[0].id;
});

/** From the person's phone, through the simulated Meta. */
const write = (text: string) =>
  meta.control('inbound', { phone_number_id: tenant.phoneNumberId, from, text });
const ask = () => memberCaller(tenant).consent;
const rows = async (sql: string) => (await owner.query(sql, [tenant.id])).rows;
const messages = () => rows('select body from messages where tenant_id = $1 order by at');
const audited = async () =>
  (await rows("select action from audit where tenant_id = $1 and action like 'lead.%' order by at")).map(
    ({ action }) => action,
  );
const send = () =>
  memberCaller(tenant).inbox.send({ tenant: tenant.slug, conversationId, id: newId(), text: 'Hi' });

test('what a member notes by hand counts, with its words, and is in thread and audit log', async () => {
  await ask().set({ ...lead, state: 'out', proof: 'Said so on the phone' });
  expect(await ask().history(lead)).toMatchObject({
    consent: 'out',
    words: [{ state: 'out', source: 'hand', proof: 'Said so on the phone', actorName: 'Mara' }],
  });
  await ask().set({ ...lead, state: 'in', proof: 'Signed the form' });
  expect((await ask().history(lead)).consent).toBe('in');
  expect(await audited()).toEqual(['lead.opted-out', 'lead.opted-in']);
  const { items } = await memberCaller(tenant).inbox.thread({ tenant: tenant.slug, id: conversationId });
  expect(items.map((item) => (item.type === 'event' ? item.text : ''))).toContain(
    'You noted that they want no messages: “Said so on the phone”',
  );
});

describe('a blocked person', () => {
  test('reaches nobody and is reached by nobody, until they are unblocked', async () => {
    await ask().block(lead);
    await write('Still there?');
    expect(await messages()).toEqual([{ body: 'Hello' }]);
    await expect(send()).rejects.toThrow('Unblock them first');
    expect((await ask().history(lead)).blockedAt).not.toBeNull();
    await ask().unblock(lead);
    await write('And now?');
    await expect.poll(messages).toEqual([{ body: 'Hello' }, { body: 'And now?' }]);
    await send();
    expect(await audited()).toEqual(['lead.blocked', 'lead.unblocked']);
    expect(
      (await rows('select kind from lead_events where tenant_id = $1 order by at')).map(({ kind }) => kind),
    ).toEqual(['blocked', 'unblocked']);
  });

  test('is one who wrote within 24 hours, in our books and in Meta’s', async () => {
    const past = 'update conversations set window_closes_at = now() where tenant_id = $1';
    await owner.query(past, [tenant.id]);
    await expect(ask().block(lead)).rejects.toThrow('within the last 24 hours');
    // Somebody of whom Meta knows nothing: only our webhook does.
    const stranger = textWebhook(tenant.phoneNumberId, { wamid: newId(), from: '4915112345678' });
    await receive(stranger);
    const [{ lead_id: leadId }] = await rows(
      'select lead_id from conversations where tenant_id = $1 order by created_at desc limit 1',
    );
    await expect(ask().block({ tenant: tenant.slug, leadId })).rejects.toThrow('WhatsApp could not do it');
    expect((await ask().history({ tenant: tenant.slug, leadId })).blockedAt).toBeNull();
  });
});

test('a tenant’s words are kept once each, and none may mean both', async () => {
  const words = memberCaller(tenant, tenant.owner).consent;
  await words.setWords({ tenant: tenant.slug, out: ['Genug!', 'genug', ' '], in: ['weiter'] });
  expect((await words.words({ tenant: tenant.slug })).own).toEqual({ out: ['genug'], in: ['weiter'] });
  for (const both of [
    { out: ['start'], in: [] },
    { out: [], in: ['STOP'] },
    { out: ['ja'], in: ['Ja'] },
    { out: ['…'], in: [] },
  ])
    await expect(words.setWords({ tenant: tenant.slug, ...both })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
});
