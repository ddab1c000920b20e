import { beforeEach, expect, test } from 'vitest';
import { reconnectChannel } from '#server/channels/disconnect-channel.ts';
import { startDraft } from '#server/channels/start-draft.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { memberCaller, testFrom } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';
import { grantQuota, revokeGrant, setTier } from './change-quotas.ts';
import type { QuotaName } from './quotas.ts';
import { readQuotas } from './quotas.ts';
import { takeTokens } from './take-tokens.ts';
import { warnOfQuotas } from './warn-of-quotas.ts';

// Letters go to the demo's outbox.
process.env['PARLEY_DEMO'] = '1';

const { owner } = testDatabase();
let tenant: TestTenant;
let count = 0;

beforeEach(async () => {
  tenant = await makeTenant({ bot: false });
});

const actor = { userId: null, name: 'a test', ...testFrom };
const grant = (quota: QuotaName, value: number, expiresAt: Date | null = null) =>
  asPlatform((tx) =>
    grantQuota(tx, { tenantId: tenant.id, quota, value, reason: 'a test', expiresAt, actor }),
  );
const quotas = () => withTenant(tenant.id, (tx) => readQuotas(tx, tenant.id));
const rows = async (sql: string) => (await owner.query(sql, [tenant.id])).rows;
const caller = () => memberCaller(tenant, tenant.owner);

async function tierId(name: string): Promise<string> {
  const { rows: found } = await owner.query('select id from tiers where name = $1', [name]);
  return found[0].id;
}

async function write(from: string) {
  count += 1;
  await receive(textWebhook(tenant.phoneNumberId, { from, wamid: `wamid.quota.${process.pid}.${count}` }));
}

test('a tenant without a tier has no quotas; with one it has its tier’s, but where a grant says otherwise, until that is over', async () => {
  expect(await quotas()).toMatchObject({ tier: null, leads: null, messages: null, peakRate: null, grace: 0 });
  const pilot = await tierId('Pilot');
  await asPlatform((tx) => setTier(tx, { tenantId: tenant.id, tierId: pilot, reason: 'sold', actor }));
  expect(await quotas()).toMatchObject({
    tier: 'Pilot',
    leads: 5000,
    activeConversations: 1500,
    messages: 11250,
  });
  await grant('messages', 20_000);
  await grant('messages', 30_000);
  await grant('leads', 6_000, new Date(Date.now() + 3_600_000));
  expect(await quotas()).toMatchObject({ leads: 6000, messages: 30_000 });
  await owner.query("update grants set expires_at = now() where tenant_id = $1 and quota = 'leads'", [
    tenant.id,
  ]);
  await asPlatform((tx) => revokeGrant(tx, { tenantId: tenant.id, quota: 'messages', actor }));
  expect(await quotas()).toMatchObject({ leads: 5000, messages: 11250 });
  expect(
    await rows(
      "select action, details from audit where tenant_id = $1 and action like 'quota.%' order by at, id",
    ),
  ).toMatchObject([
    { action: 'quota.tier-changed', details: { tier: 'none → Pilot', reason: 'sold' } },
    { action: 'quota.granted', details: { 'messages a day': 20_000, reason: 'a test' } },
    { action: 'quota.granted', details: { 'messages a day': 30_000 } },
    { action: 'quota.granted', details: { leads: 6_000 } },
    { action: 'quota.grant-revoked', details: { quota: 'messages a day' } },
  ]);
});

test('a grant that would be over already is refused', async () => {
  await expect(grant('leads', 1, new Date(Date.now() - 1))).rejects.toThrow(/Choose a day to come/);
});

test('one more member, number or lead than the quota is refused in words; who writes in is always kept', async () => {
  await grant('members', 3);
  await caller().members.invite({ tenant: tenant.slug, email: 'third@quota.example', role: 'agent' });
  await expect(
    caller().members.invite({ tenant: tenant.slug, email: 'fourth@quota.example', role: 'agent' }),
  ).rejects.toThrow(/Your quota is 3 members, with those who are invited, and all of it is in use/);

  await grant('channels', 2);
  const draft = (phoneNumberId: string) =>
    withTenant(tenant.id, (tx) =>
      startDraft(tx, { phoneNumberId, wabaId: '1', pin: null, accessToken: 'a token', app: null }),
    );
  const begun = await draft(`1${tenant.phoneNumberId}`);
  expect(await draft(`1${tenant.phoneNumberId}`)).toBe(begun);
  await expect(draft(`2${tenant.phoneNumberId}`)).rejects.toThrow(/Your quota is 2 numbers/);

  await grant('leads', 1);
  const add = (phone: string) =>
    caller().people.add({ tenant: tenant.slug, phone, country: 'ES', name: 'Somebody' });
  await add('+34612489017');
  await expect(add('+34612489018')).rejects.toThrow(/Your quota is 1 lead, and all of it is in use/);
  await write('34612489019');
  expect(await rows('select count(*)::int from leads where tenant_id = $1')).toEqual([{ count: 2 }]);
});

test('a disconnected number leaves its place to another, and comes back only where there is one', async () => {
  await owner.query('update channels set disconnected_at = now() where tenant_id = $1', [tenant.id]);
  await grant('channels', 0);
  await expect(
    reconnectChannel({ tenantId: tenant.id, key: tenant.slug, actor: { ...actor, userId: tenant.owner.id } }),
  ).rejects.toThrow(/Your quota is 0 numbers/);
  expect(
    await rows('select disconnected_at is null as connected from channels where tenant_id = $1'),
  ).toEqual([{ connected: false }]);
});

test('two at once for the last place: one has it', async () => {
  await grant('leads', 5);
  const add = (index: number) =>
    caller().people.add({
      tenant: tenant.slug,
      phone: `+3461248${String(9000 + index)}`,
      country: 'ES',
      name: '',
    });
  const results = await Promise.allSettled(Array.from({ length: 9 }, (_, index) => add(index)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
});

test('whoever has used most of a day’s quota is told once, and once more when it is used up', async () => {
  await grant('active_conversations', 5);
  const letters = () =>
    rows('select subject from letters where tenant_id = $1 order by created_at, id').then((found) =>
      found.map(({ subject }) => subject),
    );
  const warned = () => rows('select quota, level from quota_warnings where tenant_id = $1 order by level');
  for (const last of [1, 2, 3]) await write(`3461200000${last}`);
  await warnOfQuotas();
  expect(await warned()).toEqual([]);
  await write('34612000004');
  await Promise.all([warnOfQuotas(), warnOfQuotas()]);
  expect(await warned()).toEqual([{ quota: 'active_conversations', level: 80 }]);
  await write('34612000005');
  await write('34612000006');
  await warnOfQuotas();
  await warnOfQuotas();
  expect(await warned()).toEqual([
    { quota: 'active_conversations', level: 80 },
    { quota: 'active_conversations', level: 100 },
  ]);
  expect(await letters()).toEqual([
    `${tenant.name}: 80 % of today’s active conversations are used`,
    `${tenant.name}: all of today’s active conversations are used up`,
  ]);
});

test('whoever has most of their leads is told once a month', async () => {
  await grant('leads', 2);
  await write('34612000011');
  await write('34612000012');
  await warnOfQuotas(new Date('2036-05-15T10:00:00Z'));
  await warnOfQuotas(new Date('2036-05-15T12:00:00Z'));
  expect(await rows('select subject from letters where tenant_id = $1')).toEqual([
    { subject: `${tenant.name}: all of its leads are in use` },
  ]);
});

test('a tenant reads its own quotas and usage, and asks for more once a day', async () => {
  await grant('messages', 10);
  await write('34612000001');
  expect(await caller().tenants.usage({ tenant: tenant.slug })).toMatchObject({
    quotas: { messages: 10 },
    today: { inbound: 1, outbound: 0, active: 1 },
    ...{ held: 0, leads: 1, members: 2, channels: 1 },
  });
  expect(await caller().tenants.today({ tenant: tenant.slug })).toMatchObject({
    used: 0,
    quota: 10,
    most: 10,
  });
  await caller().tenants.askForMore({ tenant: tenant.slug, words: 'Twenty' });
  await expect(caller().tenants.askForMore({ tenant: tenant.slug, words: 'Thirty' })).rejects.toThrow(
    /within the last 24 hours/,
  );
});

test('however many processes ask, a bucket gives its burst and then its rate', async () => {
  expect(await takeTokens(tenant.id, 5)).toBeNull();
  await grant('peak_rate', 10);
  await grant('burst', 20);
  const began = Date.now();
  let granted = 0;
  while (granted < 30) {
    const taken = await Promise.all(Array.from({ length: 6 }, () => takeTokens(tenant.id, 4)));
    for (const one of taken) granted += one?.granted ?? 0;
    const most = 20 + ((Date.now() - began) / 1_000) * 10 + 1;
    expect(granted).toBeLessThanOrEqual(most);
  }
  // Ten beyond the burst at ten a second.
  expect(Date.now() - began).toBeGreaterThan(900);
});
