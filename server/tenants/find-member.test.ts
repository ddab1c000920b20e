import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant } from '#server/testing/factories.ts';
import { findMember, tenantsOf } from './find-member.ts';

const { owner } = testDatabase();
let tenant: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  [tenant, other] = [await makeTenant(), await makeTenant()];
});

test('a member has a role in their tenant', async () => {
  expect(await findMember(tenant.owner.id, tenant.slug)).toMatchObject({
    role: 'owner',
    tenant: { id: tenant.id },
  });
  expect(await findMember(tenant.agent.id, tenant.slug)).toMatchObject({ role: 'agent' });
});

describe('there is no tenant', () => {
  test.each([
    ['of somebody else', () => other.slug],
    ['that nobody has', () => 'nobody'],
    ['without a name', () => ''],
    ['in capitals', () => tenant.slug.toUpperCase()],
    ['for any name', () => '%'],
  ])('%s', async (_, slug) => {
    expect(await findMember(tenant.owner.id, slug())).toBeUndefined();
  });
});

test('somebody in two tenants has both, and a suspended one says so', async () => {
  await owner.query("insert into members values ($1, $2, 'agent')", [other.id, tenant.agent.id]);
  const mine = async () =>
    (await tenantsOf(tenant.agent.id)).map(({ slug, state }) => `${slug} ${state}`).toSorted();
  expect(await mine()).toEqual([`${tenant.slug} active`, `${other.slug} active`].toSorted());
  await owner.query("update tenants set state = 'suspended', suspended_reason = 'Unpaid' where id = $1", [
    other.id,
  ]);
  expect(await mine()).toEqual([`${tenant.slug} active`, `${other.slug} suspended`].toSorted());
  expect(await findMember(tenant.agent.id, other.slug)).toMatchObject({
    standing: { state: 'suspended', reason: 'Unpaid' },
  });
});

test('one whose rows are being taken away is nobody’s', async () => {
  await owner.query('update tenants set erasing_at = now() where id = $1', [other.id]);
  expect(await findMember(tenant.agent.id, other.slug)).toBeUndefined();
  expect((await tenantsOf(tenant.agent.id)).map(({ slug }) => slug)).toEqual([tenant.slug]);
});
