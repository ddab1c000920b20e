import { beforeAll, describe, expect, test } from 'vitest';
import { asPlatform } from '#server/db/as-platform.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant, textWebhook } from '#server/testing/factories.ts';
import { receive } from '#server/testing/receive.ts';
import { listInput, listTenants } from './list-tenants.ts';

const { owner } = testDatabase();
const lastAt = '2026-11-20T10:00:00.000Z';
const tenants: TestTenant[] = [];
const list = (input: object = {}, most?: number) =>
  listTenants(listInput.parse(input), most === undefined ? {} : { most });
const slugsOf = async (input: object) => (await list(input)).tenants.map(({ slug }) => slug);
const slug = (index: number) => tenants[index]?.slug ?? expect.fail();

beforeAll(async () => {
  for (let count = 0; count < 5; count += 1) tenants.push(await makeTenant());
  const names = ['Bäckerei Süß', 'Acme', 'Acme', 'Zebra', 'Delta_5'];
  for (const [index, name] of names.entries())
    await owner.query('update tenants set name = $1 where slug = $2', [name, slug(index)]);
  await owner.query("update tenants set state = 'suspended' where slug = $1", [slug(3)]);
  await owner.query(
    "update tenants set state = 'suspended', delete_asked_at = now(), delete_after = now() where slug = $1",
    [slug(4)],
  );
});

test('every tenant is listed, newest first, with what it has, whom to ask and what it does', async () => {
  const [first] = tenants;
  await receive(textWebhook(first?.phoneNumberId ?? '', { wamid: 'w' }));
  await owner.query('update conversations set last_at = $1', [lastAt]);
  const { tenants: found, total, next } = await list();
  expect(total).toBe(5);
  expect(next).toBeNull();
  expect(found.map((one) => one.slug)).toEqual(tenants.map((one) => one.slug).reverse());
  expect(found[0]).toMatchObject({
    state: 'deleting',
    members: 2,
    channels: 1,
    today: 0,
    lastMessageAt: null,
  });
  expect(found[4]).toMatchObject({
    ...{ owner: first?.owner.email, state: 'active', today: 1, last30Days: 1, lastMessageAt: lastAt },
  });
});

test('what was written longer ago counts no more', async () => {
  const inTwoDays = new Date(Date.now() + 2 * 24 * 3600 * 1000);
  const { tenants: found } = await listTenants(listInput.parse({}), { now: inTwoDays });
  expect(found.at(-1)).toMatchObject({ today: 0, last30Days: 1 });
});

test('a closed conversation counts for the last message too', async () => {
  await owner.query('update conversations set open = false');
  expect((await list()).tenants.at(-1)).toMatchObject({ lastMessageAt: lastAt });
});

describe('a search finds', () => {
  test.each([
    ['by name, without accents', 'backerei suss', [0]],
    ['by a part of the slug', () => slug(2), [2]],
    ['by the owner', () => `ines@${slug(3)}`, [3]],
    ['not by who is no owner', () => `mara@${slug(3)}`, []],
    ['every word', 'acme zebra', []],
    ['what LIKE means otherwise, as it is', 'delta_5', [4]],
    ['nothing for anything', '%', []],
    ['all of the same name', 'ACME', [2, 1]],
  ])('%s', async (_, search, found) => {
    const words = typeof search === 'function' ? search() : search;
    expect(await slugsOf({ search: words })).toEqual(found.map(slug));
  });
});

test.each([
  ['active', [2, 1, 0]],
  ['suspended', [3]],
  ['deleting', [4]],
  ['erasing', []],
] as const)('those that are %s', async (state, found) => {
  expect(await slugsOf({ state })).toEqual(found.map(slug));
  expect((await list({ state })).total).toBe(found.length);
});

test('those of a tier, and those without any', async () => {
  const { rows } = await owner.query(
    "update tenants set tier_id = (select id from tiers where name = 'Standard') where slug = $1 returning tier_id",
    [slug(1)],
  );
  expect(await slugsOf({ tier: rows[0].tier_id })).toEqual([slug(1)]);
  expect((await list({ tier: rows[0].tier_id })).tenants).toMatchObject([{ tier: 'Standard' }]);
  expect(await slugsOf({ tier: 'none' })).toEqual([4, 3, 2, 0].map(slug));
});

test.each(['newest', 'name'] as const)('page after page, by %s, each comes once', async (order) => {
  const all = await slugsOf({ order });
  const seen: string[] = [];
  let cursor: Awaited<ReturnType<typeof list>>['next'] | undefined;
  do {
    const page = await list({ order, cursor }, 2);
    expect(page.total).toBe(5);
    seen.push(...page.tenants.map((one) => one.slug));
    cursor = page.next;
  } while (cursor);
  expect(seen).toEqual(all);
  expect(new Set(seen).size).toBe(5);
});

test('a tenant that is made meanwhile moves nobody', async () => {
  const { tenants: first, next } = await list({}, 2);
  const late = await makeTenant();
  const { tenants: rest } = await list({ cursor: next });
  expect([...first, ...rest].map((one) => one.slug)).toEqual(tenants.map((one) => one.slug).reverse());
  await asPlatform(({ db }) => db.$executeRaw`delete from tenants where slug = ${late.slug}`);
});
