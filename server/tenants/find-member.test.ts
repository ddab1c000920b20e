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

test('somebody in two tenants has both, and a suspended one is none', async () => {
  await owner.query("insert into members values ($1, $2, 'agent')", [other.id, tenant.agent.id]);
  const slugs = async () => (await tenantsOf(tenant.agent.id)).map(({ slug }) => slug).toSorted();
  expect(await slugs()).toEqual([tenant.slug, other.slug].toSorted());
  await owner.query("update tenants set state = 'suspended' where id = $1", [other.id]);
  expect(await slugs()).toEqual([tenant.slug]);
  expect(await findMember(tenant.agent.id, other.slug)).toBeUndefined();
});
