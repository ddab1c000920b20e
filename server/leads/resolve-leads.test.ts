import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asPlatform } from '#server/db/as-platform.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant } from '#server/testing/factories.ts';
import { resolveLeads, type Writer } from './resolve-leads.ts';

const { owner } = testDatabase();
const bsuid = 'US.13491208655302741918';
let tenant: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  [tenant, other] = [await makeTenant(), await makeTenant()];
});

beforeEach(async () => {
  await owner.query('delete from leads');
});

const writer = (part: Partial<Writer>): Writer => ({
  ...{ tenantId: tenant.id, portfolioId: 'p', phone: null, bsuid: null, name: null, username: null },
  ...part,
});
const resolve = (...parts: Partial<Writer>[]) => asPlatform((tx) => resolveLeads(tx, parts.map(writer)));
const leads = async () =>
  (await owner.query('select id, name, profile_name, username from leads order by id')).rows;
const addresses = async () =>
  (await owner.query('select kind, scope, value, raw from addresses order by kind, value')).rows;

test('a new person becomes a lead with their addresses, as Meta writes them', async () => {
  const [id] = await resolve({ phone: '551187654321', bsuid, name: 'Ana', username: 'ana' });
  expect(await leads()).toEqual([{ id, name: null, profile_name: 'Ana', username: 'ana' }]);
  expect(await addresses()).toEqual([
    { kind: 'bsuid', scope: 'p', value: bsuid, raw: bsuid },
    { kind: 'phone', scope: '', value: '5511987654321', raw: '551187654321' },
  ]);
});

test('twenty transactions that meet the same new person at once make one lead', async () => {
  const found = await Promise.all(
    Array.from({ length: 20 }, () => resolve({ phone: '16505551234', name: 'Alex' })),
  );
  expect(new Set(found.flat()).size).toBe(1);
  expect(await leads()).toHaveLength(1);
  expect(await addresses()).toHaveLength(1);
});

test('twenty that each meet the same crowd, in another order, make one lead a person', async () => {
  const crowd = Array.from({ length: 15 }, (_, index) => ({ phone: `1650555${1000 + index}` }));
  await Promise.all(
    Array.from({ length: 20 }, (_, turn) => resolve(...crowd.slice(turn % 15), ...crowd.slice(0, turn % 15))),
  );
  expect(await leads()).toHaveLength(15);
});

test('the same person many times in one batch is one lead', async () => {
  const found = await resolve(
    { phone: '551187654321' },
    { phone: '5511987654321' },
    { phone: '5511987654321', bsuid },
  );
  expect(new Set(found).size).toBe(1);
  expect(await addresses()).toHaveLength(2);
});

describe('two addresses of one person join', () => {
  test('the user id first, the number later', async () => {
    const [first] = await resolve({ bsuid, username: 'alex' });
    const [second] = await resolve({ bsuid, phone: '16505551234', name: 'Alex' });
    const [third] = await resolve({ phone: '16505551234' });
    expect([second, third]).toEqual([first, first]);
  });

  test('the number first, the user id later', async () => {
    const [first] = await resolve({ phone: '16505551234' });
    const [second] = await resolve({ phone: '16505551234', bsuid });
    const [third] = await resolve({ bsuid });
    expect([second, third]).toEqual([first, first]);
  });

  test('when both are known of two leads, the number’s lead counts, and nothing is lost', async () => {
    const [byPhone] = await resolve({ phone: '16505551234' });
    const [byId] = await resolve({ bsuid });
    expect(await resolve({ phone: '16505551234', bsuid })).toEqual([byPhone]);
    expect(await leads()).toHaveLength(2);
    expect(await resolve({ bsuid })).toEqual([byId]);
  });
});

test('the same user id under another portfolio, or of another tenant, is somebody else', async () => {
  const found = await resolve({ bsuid }, { bsuid, portfolioId: 'q' }, { bsuid, tenantId: other.id });
  expect(new Set(found).size).toBe(3);
});

test('the same number at two tenants is two leads, each in its own house', async () => {
  const [here, there] = await resolve({ phone: '16505551234' }, { phone: '16505551234', tenantId: other.id });
  expect(here).not.toBe(there);
});

describe('names', () => {
  test('WhatsApp’s name follows the person, an imported one stays', async () => {
    const [id] = await resolve({ phone: '16505551234', name: 'Alex', username: 'alex' });
    await owner.query("update leads set name = 'Mr Lind'");
    await resolve({ phone: '16505551234', name: 'Alex L.', username: 'alex.lind' });
    expect(await leads()).toEqual([{ id, name: 'Mr Lind', profile_name: 'Alex L.', username: 'alex.lind' }]);
  });

  test('a webhook without a name takes none away', async () => {
    const [id] = await resolve({ phone: '16505551234', name: 'Alex', username: 'alex' });
    await resolve({ phone: '16505551234' });
    expect(await leads()).toEqual([{ id, name: null, profile_name: 'Alex', username: 'alex' }]);
  });

  test('a number that WhatsApp writes otherwise now is sent to as it is written now', async () => {
    await resolve({ phone: '551187654321' });
    await resolve({ phone: '5511987654321' });
    expect(await addresses()).toEqual([
      { kind: 'phone', scope: '', value: '5511987654321', raw: '5511987654321' },
    ]);
  });
});
