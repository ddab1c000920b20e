import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#server/db/id.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { receive } from '#server/testing/receive.ts';
import { countLeads, findLeads, type LeadSort, leadsAfter } from './find-leads.ts';
import { type LeadFilter, leadFilterForm } from './lead-filter.ts';

const { owner } = testDatabase();
let acme: TestTenant;
let other: TestTenant;
const ids: Record<string, string> = {};
const labels = { customer: newId(), madrid: newId() };

type Seed = {
  name?: string;
  email?: string;
  language?: string;
  labelIds?: string[];
  source?: string;
  consent?: string;
  fields?: object;
  phone?: string;
  assigneeId?: string;
};

async function add(tenantId: string, key: string, { phone, ...lead }: Seed) {
  const id = newId();
  ids[key] = id;
  await withTenant(tenantId, async ({ db }) => {
    await db.lead.create({ data: { tenantId, id, source: 'import', ...lead } });
    if (phone)
      await db.address.create({
        data: { tenantId, id: newId(), leadId: id, kind: 'phone', scope: '', value: phone, raw: phone },
      });
  });
}

beforeAll(async () => {
  acme = await makeTenant({ bot: false });
  other = await makeTenant({ bot: false });
  for (const { id } of [acme, other])
    await withTenant(id, async ({ db }) => {
      await db.label.create({ data: { tenantId: id, id: labels.customer, name: 'Customer' } });
      await db.label.create({ data: { tenantId: id, id: labels.madrid, name: 'Madrid office' } });
    });
  await add(acme.id, 'lucia', {
    ...{ name: 'Lucía Fernández', email: 'lucia@solar.example', language: 'es', phone: '34612489017' },
    ...{ labelIds: [labels.customer, labels.madrid], consent: 'in', fields: { city: 'Zaragoza', roofs: 12 } },
  });
  await add(acme.id, 'hannah', {
    ...{ name: 'Hannah Vogt', language: 'de', phone: '491712345678', labelIds: [labels.customer] },
    ...{ fields: { city: 'Köln', roofs: 3, since: '2026-01-15' }, assigneeId: acme.agent.id },
  });
  await add(acme.id, 'yuki', {
    name: 'Yuki_100%',
    language: 'ja',
    consent: 'out',
    source: 'hand',
    fields: { city: '大阪' },
  });
  await add(acme.id, 'nobody', { phone: '819012345678' });
  await add(other.id, 'foreign', {
    ...{ name: 'Lucía Fernández', email: 'lucia@solar.example', language: 'es', phone: '34612489017' },
    ...{ labelIds: [labels.customer], consent: 'in', fields: { city: 'Zaragoza', roofs: 12 } },
  });
  // Somebody writes in: first among those found by the last message.
  await receive(
    textWebhook(acme.phoneNumberId, { wamid: 'wamid.find', from: '16505550199', name: 'Ana Writes' }),
  );
  const { rows } = await owner.query(
    "select id from leads where tenant_id = $1 and profile_name = 'Ana Writes'",
    [acme.id],
  );
  ids['ana'] = rows[0].id;
});

const filterOf = (given: object): LeadFilter => leadFilterForm.parse(given);
const search = (tenantId: string, given: object, sort: LeadSort = 'added') =>
  withTenant(tenantId, (tx) => findLeads(tx, { filter: filterOf(given), sort, cursor: null, most: 50 }));
const names = async (given: object, sort: LeadSort = 'added') => {
  const found = await search(acme.id, given, sort);
  return found.map(({ id }) => Object.entries(ids).find(([, known]) => known === id)?.[0]);
};

describe('a search', () => {
  test.each([
    ['lucia', ['lucia']],
    ['FERNAND luc', ['lucia']],
    ['solar.example', ['lucia']],
    ['+34 612 48', ['lucia']],
    ['0612 489', ['lucia']],
    ['zaragoza', ['lucia']],
    ['koln', ['hannah']],
    ['大阪', ['yuki']],
    ['madrid', ['lucia']],
    ['custom', ['hannah', 'lucia']],
    ['100%', ['yuki']],
    ['_', ['yuki']],
    ['%', ['yuki']],
    ["'; drop table leads; --", []],
    ['\\', []],
    ['an', ['ana', 'hannah', 'lucia']],
    ['x'.repeat(201), []],
  ])('“%s” finds %j', async (given, wanted) => {
    expect(await names({ search: given })).toEqual(wanted);
    expect(await withTenant(acme.id, (tx) => countLeads(tx, filterOf({ search: given }), 100))).toBe(
      wanted.length,
    );
  });
});

describe('a filter', () => {
  const all = ['ana', 'nobody', 'yuki', 'hannah', 'lucia'];
  test.each<[string, () => object[], string[]]>([
    ['no condition', () => [], all],
    ['language', () => [{ field: 'language', is: ['es', 'de'] }], ['hannah', 'lucia']],
    ['no language', () => [{ field: 'language', is: [''] }], ['ana', 'nobody']],
    [
      'not this language',
      () => [{ field: 'language', is: ['es'], not: true }],
      ['ana', 'nobody', 'yuki', 'hannah'],
    ],
    ['label', () => [{ field: 'label', is: [labels.madrid] }], ['lucia']],
    ['no label', () => [{ field: 'label', is: [''] }], ['ana', 'nobody', 'yuki']],
    [
      'a label or none',
      () => [{ field: 'label', is: ['', labels.madrid] }],
      ['ana', 'nobody', 'yuki', 'lucia'],
    ],
    ['consent', () => [{ field: 'consent', is: ['in', 'out'] }], ['yuki', 'lucia']],
    ['source', () => [{ field: 'source', is: ['wrote', 'hand'] }], ['ana', 'yuki']],
    ['held by a member', () => [{ field: 'holder', is: [acme.agent.id] }], ['hannah']],
    ['held by nobody', () => [{ field: 'holder', is: ['nobody'] }], ['ana', 'nobody', 'yuki', 'lucia']],
    ['has written', () => [{ field: 'wrote' }], ['ana']],
    ['never wrote', () => [{ field: 'wrote', not: true }], ['nobody', 'yuki', 'hannah', 'lucia']],
    ['window open', () => [{ field: 'window' }], ['ana']],
    ['name', () => [{ field: 'name', op: 'contains', value: 'hann' }], ['hannah']],
    ['no name', () => [{ field: 'name', op: 'filled', not: true }], ['nobody']],
    ['email', () => [{ field: 'email', op: 'is', value: 'LUCIA@solar.example' }], ['lucia']],
    ['an own field', () => [{ field: 'own', key: 'city', op: 'is', value: 'koln' }], ['hannah']],
    ['at least', () => [{ field: 'own', key: 'roofs', op: 'at-least', value: 4 }], ['lucia']],
    ['at most', () => [{ field: 'own', key: 'roofs', op: 'at-most', value: 4 }], ['hannah']],
    ['until a day', () => [{ field: 'own', key: 'since', op: 'at-most', value: '2026-01-15' }], ['hannah']],
    ['a number that is none', () => [{ field: 'own', key: 'city', op: 'at-least', value: 1 }], []],
  ])('by %s', async (_, conditions, wanted) => {
    expect(await names({ conditions: conditions() })).toEqual(wanted);
    expect(new Set(await names({ conditions: conditions() }, 'last'))).toEqual(new Set(wanted));
    const filter = filterOf({ conditions: conditions() });
    expect(await withTenant(acme.id, (tx) => countLeads(tx, filter, 100))).toBe(wanted.length);
    const [found, until] = [wanted.map((name) => ids[name]).sort(), new Date(Date.now() + 60_000)];
    expect(
      await withTenant(acme.id, (tx) => leadsAfter(tx, { filter, after: null, until, most: 100 })),
    ).toEqual(found);
  });

  test('holds all, or any', async () => {
    const conditions = [
      { field: 'language', is: ['es'] },
      { field: 'source', is: ['hand'] },
    ];
    expect(await names({ conditions })).toEqual([]);
    expect(await names({ conditions, join: 'any' })).toEqual(['yuki', 'lucia']);
    expect(await names({ conditions, join: 'any', search: 'lucia' })).toEqual(['lucia']);
  });

  test('finds nobody of another tenant, whatever it is asked', async () => {
    for (const given of [
      {},
      { search: 'lucia' },
      { search: '612489' },
      { search: 'custom' },
      { conditions: [{ field: 'label', is: [labels.customer] }] },
    ]) {
      for (const sort of ['last', 'added'] as const)
        expect((await search(other.id, given, sort)).map(({ id }) => id)).toEqual([ids['foreign']]);
      const filter = filterOf(given);
      expect(await withTenant(other.id, (tx) => countLeads(tx, filter, 10))).toBe(1);
      const until = new Date(Date.now() + 60_000);
      expect(
        await withTenant(other.id, (tx) => leadsAfter(tx, { filter, after: null, until, most: 10 })),
      ).toEqual([ids['foreign']]);
    }
  });

  test('outside a tenant finds nothing at all', async () => {
    await expect(
      owner.query(`select * from find_leads('{}', 'added', 1, 'infinity', gen_random_uuid(), 5)`),
    ).rejects.toThrow();
  });

  test.each([
    [{ field: 'password' }],
    [{ field: 'own', key: "a' or true --", op: 'filled' }],
    [{ field: 'name', op: 'like' }],
  ])('that is none is refused by PostgreSQL too: %j', async (condition) => {
    expect(leadFilterForm.safeParse({ conditions: [condition] }).success).toBe(false);
    const asked = owner.query(`select set_config('app.tenant_id', $1, false), count_leads($2::jsonb, 5)`, [
      acme.id,
      JSON.stringify({ conditions: [condition] }),
    ]);
    await expect(asked).rejects.toThrow(/no such/);
  });
});

test('by the last message: who wrote comes first, then who came last', async () => {
  expect(await names({}, 'last')).toEqual(['ana', 'nobody', 'yuki', 'hannah', 'lucia']);
});
