import { beforeAll, beforeEach, expect, test } from 'vitest';
import { listen, stopListening } from '#server/realtime/listen.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant } from '#server/testing/factories.ts';
import { memberCaller, testFrom } from '#server/testing/member-caller.ts';
import { checkFacts } from './tenant-form.ts';

const { owner } = testDatabase();
let tenant: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  other = await makeTenant();
});
beforeEach(async () => {
  tenant = await makeTenant();
});

const facts = { name: 'Acme Solar', timeZone: 'America/Lima', language: 'es' };
const audited = async () =>
  (await owner.query('select * from audit where tenant_id = $1 order by at', [tenant.id])).rows;

test('an owner changes the business, and the log says what it was before and who did it from where', async () => {
  const caller = memberCaller(tenant, tenant.owner);
  await caller.tenants.edit({ tenant: tenant.slug, ...facts });
  expect(await caller.tenants.current({ tenant: tenant.slug })).toMatchObject(facts);
  expect(await audited()).toMatchObject([
    {
      ...{ action: 'tenant.edited', subject: 'Acme Solar', actor_id: tenant.owner.id },
      ...{ address: testFrom.address, device: testFrom.device },
      details: { 'time zone': 'Europe/Madrid → America/Lima', language: 'en → es' },
    },
  ]);
});

test('the same once more changes nothing and is no line in the log', async () => {
  const caller = memberCaller(tenant, tenant.owner);
  const now = await caller.tenants.current({ tenant: tenant.slug });
  await caller.tenants.edit({ tenant: tenant.slug, ...now });
  expect(await audited()).toEqual([]);
});

test('an agent reads it and is told who may change it', async () => {
  const caller = memberCaller(tenant);
  await expect(caller.tenants.edit({ tenant: tenant.slug, ...facts })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: expect.stringContaining('Only an owner or an admin'),
  });
  const { may, timeZone } = await caller.tenants.current({ tenant: tenant.slug });
  expect(timeZone).toBe('Europe/Madrid');
  expect(may).toContain('inbox.answer');
  expect(may).not.toContain('tenant.edit');
});

test('a name without a letter is told in words', async () => {
  const caller = memberCaller(tenant, tenant.owner);
  await expect(caller.tenants.edit({ tenant: tenant.slug, ...facts, name: '!?' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: 'A name has at least one letter or digit.',
  });
});

test('somebody else’s tenant is none', async () => {
  const caller = memberCaller(tenant, tenant.owner);
  await expect(caller.tenants.edit({ tenant: other.slug, ...facts })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('whoever looks at the tenant is told to fetch everything again', async () => {
  const heard: (string[] | null)[] = [];
  const stop = listen(tenant.id, (conversations) => heard.push(conversations));
  // Listening itself begins with one.
  await expect.poll(() => heard).toEqual([null]);
  await memberCaller(tenant, tenant.owner).tenants.edit({ tenant: tenant.slug, ...facts });
  await expect.poll(() => heard).toEqual([null, null]);
  stop();
  await stopListening();
});

test.each([
  ['name', ' '],
  ['name', '!?'],
  ['name', 'two\nlines'],
  ['name', 'x'.repeat(81)],
  ['timeZone', 'Mars/Olympus'],
  ['timeZone', ''],
  ['timeZone', '+01:00'],
  ['language', 'english'],
  ['language', 'xx'],
  ['language', ''],
])('%s is not %j', (key, value) => {
  expect(() => checkFacts({ ...facts, [key]: value })).toThrow(
    expect.objectContaining({ name: 'Refusal', code: 'bad-input', reason: key }),
  );
});

test.each([
  ['name', 'شركة'],
  ['name', '3 Brothers & Co.'],
  ['timeZone', 'UTC'],
  ['timeZone', 'Asia/Kolkata'],
  ['language', 'pt-BR'],
])('%s may be %j', (key, value) => {
  expect(checkFacts({ ...facts, [key]: value })).toMatchObject({ [key]: value });
});
