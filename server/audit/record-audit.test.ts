import { beforeAll, describe, expect, test } from 'vitest';
import { asPlatform } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { sqlState } from '#server/db/sql-state.ts';
import type { Db } from '#server/db/transaction.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { testDatabase } from '#server/testing/database.ts';
import { makeTenant, type TestTenant } from '#server/testing/factories.ts';
import { type AuditEntry, recordAudit } from './record-audit.ts';

const { owner } = testDatabase();
let tenant: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  [tenant, other] = [await makeTenant(), await makeTenant()];
});

const entry = (tenantId: string | null, subject: string): AuditEntry => ({
  ...{ tenantId, subject, action: 'test.happened', details: { role: 'agent', days: 7 } },
  actor: { userId: tenant.owner.id, name: tenant.owner.name, address: '192.0.2.1', device: 'Firefox' },
});
const entriesOf = async (subject: string) =>
  (await owner.query('select * from audit where subject = $1', [subject])).rows;

test('an entry says who did what, when, from where', async () => {
  await withTenant(tenant.id, (tx) => recordAudit(tx, entry(tenant.id, 'all of it')));
  expect(await entriesOf('all of it')).toEqual([
    {
      ...{ id: expect.any(String), at: expect.any(Date), tenant_id: tenant.id, action: 'test.happened' },
      ...{ actor_id: tenant.owner.id, actor_name: tenant.owner.name, address: '192.0.2.1' },
      ...{ device: 'Firefox', subject: 'all of it', details: { role: 'agent', days: 7 }, account_id: null },
    },
  ]);
});

test('it is there if and only if the change is', async () => {
  const failing = withTenant(tenant.id, async (tx) => {
    await recordAudit(tx, entry(tenant.id, 'undone'));
    throw new Error('the change failed');
  });
  await expect(failing).rejects.toThrow('the change failed');
  expect(await entriesOf('undone')).toEqual([]);
});

test.each([
  ['another tenant’s', () => other.id],
  ['the platform’s', () => null],
])('a tenant writes nothing into %s log', async (_, tenantId) => {
  const writing = withTenant(tenant.id, (tx) => recordAudit(tx, entry(tenantId(), 'foreign')));
  expect(await writing.catch(sqlState)).toBe('42501');
  expect(await entriesOf('foreign')).toEqual([]);
});

test('a tenant sees its own entries alone', async () => {
  await asPlatform(async (tx) => {
    for (const tenantId of [tenant.id, other.id, null]) await recordAudit(tx, entry(tenantId, 'whose'));
  });
  const seen = await withTenant(tenant.id, ({ db }) =>
    db.auditEntry.findMany({ where: { subject: 'whose' }, select: { tenantId: true } }),
  );
  expect(seen).toEqual([{ tenantId: tenant.id }]);
});

describe('what is written stays: PostgreSQL refuses the application', () => {
  const doors: [string, (work: (tx: { db: Db }) => Promise<unknown>) => Promise<unknown>][] = [
    ['a tenant', (work) => withTenant(tenant.id, work)],
    ['the platform', (work) => asPlatform(work)],
  ];
  test.each(
    doors.flatMap(([who, door]) =>
      [
        "update audit set subject = 'forged'",
        'delete from audit',
        'truncate audit',
        `insert into audit (id, actor_name, action, details) select id, actor_name, action, details from audit limit 1
         on conflict (id) do update set subject = 'forged'`,
      ].map((sql) => ({ who, door, sql })),
    ),
  )('$who: $sql', async ({ door, sql }) => {
    expect(await door(({ db }) => db.$executeRawUnsafe(sql)).catch(sqlState)).toBe('42501');
  });

  test('and its roles own neither the table nor any way around', async () => {
    const { rows } = await owner.query(`
      select grantee, privilege_type from information_schema.table_privileges
      where table_name = 'audit' and grantee like 'parley%' order by 1, 2`);
    expect(rows.map(({ grantee, privilege_type }) => `${grantee} ${privilege_type}`)).toEqual([
      'parley_platform INSERT',
      'parley_platform SELECT',
      'parley_tenant INSERT',
      'parley_tenant SELECT',
    ]);
  });
});

test('an erased tenant’s entries go with it; what the platform noted stays', async () => {
  const gone = await makeTenant();
  await asPlatform(async (tx) => {
    await recordAudit(tx, entry(gone.id, 'its own'));
    await tx.db.$executeRaw`delete from tenants where id = ${gone.id}::uuid`;
    await recordAudit(tx, { ...entry(null, `erased ${gone.slug}`), action: 'tenant.erased' });
  });
  expect(await entriesOf('its own')).toEqual([]);
  expect(await entriesOf(`erased ${gone.slug}`)).toMatchObject([{ tenant_id: null }]);
});

test('an action is named as the others are', async () => {
  const writing = asPlatform((tx) =>
    recordAudit(tx, { ...entry(null, newId()), action: 'Something happened' }),
  );
  expect(await writing.catch(sqlState)).toBe('23514');
});
