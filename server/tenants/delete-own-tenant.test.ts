import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { makeMatrixTenant } from '#server/testing/matrix-tenant.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import type { MatrixTenant } from '#server/testing/procedure-rows.ts';

const { owner: database } = testDatabase();
// Letters may be written here, and go nowhere.
process.env['PARLEY_DEMO'] = '1';
let tenant: MatrixTenant;
type Role = 'owner' | 'admin' | 'agent';

beforeAll(async () => {
  tenant = await makeMatrixTenant(database);
});

const as = (role: Role) => memberCaller(tenant, tenant[role]);
const own = () => ({ tenant: tenant.slug });
const standing = async (role: Role = 'owner') => (await as(role).tenants.current(own())).standing;
const letters = async () =>
  (
    await database.query<{ recipient: string; subject: string; text: string }>(
      'select recipient, subject, text from letters where tenant_id = $1 order by created_at desc, id desc',
      [tenant.id],
    )
  ).rows;

describe('an owner deletes their business', () => {
  test('is told what that takes away', async () => {
    const { numbers, conversations, members } = await as('owner').tenants.holdings(own());
    expect({ numbers, conversations, members }).toEqual({ numbers: 1, conversations: 1, members: 3 });
  });

  test('not by another name', async () => {
    for (const typedName of ['', 'Tenant', `${tenant.name}!`])
      await expect(as('owner').tenants.delete({ ...own(), typedName })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
        message: expect.stringContaining(tenant.name),
      });
    expect(await standing()).toEqual({ state: 'active' });
  });

  test('by its name, however it is spaced; the rooms close for 30 days, and its owners have a letter', async () => {
    await as('owner').tenants.delete({ ...own(), typedName: ` ${tenant.name.toUpperCase()}  ` });
    const now = await standing('agent');
    expect(now).toMatchObject({ state: 'deleting', byOwner: true, ask: tenant.owner.email, reason: null });
    const days = 'deleteAfter' in now && (Date.parse(now.deleteAfter ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(30, 1);
    await expect(as('owner').inbox.list({ ...own(), tab: 'all' })).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
    });
    const [letter] = await letters();
    expect(letter).toMatchObject({
      recipient: tenant.owner.email,
      subject: expect.stringMatching(new RegExp(`^${tenant.name} will be deleted on \\d+ \\w+ \\d{4}$`)),
      text: expect.stringContaining('any owner can take this back'),
    });
    const told = (await letters()).filter(({ subject }) => subject.includes('will be deleted'));
    expect(told.map(({ recipient }) => recipient)).toEqual([tenant.owner.email]);
  });

  test('only an owner takes it back', async () => {
    for (const role of ['agent', 'admin'] as const)
      await expect(as(role).tenants.takeDeletionBack(own())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await as('owner').tenants.takeDeletionBack(own());
    expect(await standing()).toEqual({ state: 'active' });
    expect((await letters())[0]).toMatchObject({ subject: `${tenant.name} is not deleted` });
    await expect(as('owner').tenants.takeDeletionBack(own())).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('both are in the audit log, by whom and from where', async () => {
    const { rows } = await database.query(
      `select action, actor_id, address from audit where tenant_id = $1 and action like 'tenant.%' order by at`,
      [tenant.id],
    );
    expect(rows.slice(-2)).toEqual(
      ['tenant.deleted', 'tenant.restored'].map((action) => ({
        ...{ action, actor_id: tenant.owner.id, address: expect.any(String) },
      })),
    );
  });

  test('also while it is suspended, with an export of the leads before; taken back, it is suspended as before', async () => {
    const admin = memberCaller(tenant, { ...tenant.agent, superadmin: true }).admin;
    await admin.suspend({ slug: tenant.slug, reason: 'The bill is open' });
    const { id } = await as('owner').exports.order({
      ...{ ...own(), format: 'csv', columns: ['name'] },
      who: { filter: { search: '', join: 'all', conditions: [] } },
    });
    expect((await as('owner').exports.list(own())).map((made) => made.id)).toContain(id);
    await expect(as('admin').tenants.delete({ ...own(), typedName: tenant.name })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await as('owner').tenants.delete({ ...own(), typedName: tenant.name });
    expect(await standing()).toMatchObject({ state: 'deleting', byOwner: true });
    await as('owner').tenants.takeDeletionBack(own());
    expect(await standing()).toMatchObject({ state: 'suspended', reason: 'The bill is open' });
    await admin.resume({ slug: tenant.slug });
  });

  test('what the superadmin deletes no owner takes back, also after one of their own', async () => {
    const admin = memberCaller(tenant, { ...tenant.agent, superadmin: true }).admin;
    await admin.delete({ slug: tenant.slug, reason: 'Abuse' });
    expect((await letters())[0]?.text).toContain(`write to ${tenant.agent.email}`);
    await expect(as('owner').tenants.takeDeletionBack(own())).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining(tenant.agent.email),
    });
    await admin.restore({ slug: tenant.slug });
    expect(await standing()).toEqual({ state: 'active' });
  });
});
