import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { makeFullTenant } from '#server/testing/full-tenant.ts';
import { asPlatform } from './as-platform.ts';
import { sqlState } from './sql-state.ts';

const { owner } = testDatabase();
let tables: string[] = [];

beforeAll(async () => {
  const { rows } = await owner.query(`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`);
  tables = rows.map(({ name }) => name);
});

async function countsOf(tenantId: string) {
  const counts: Record<string, number> = {};
  for (const name of tables) {
    const { rows } = await owner.query(`select count(*)::int as n from ${name} where tenant_id = $1`, [
      tenantId,
    ]);
    counts[name] = rows[0].n;
  }
  return counts;
}

test('deleting a tenant takes everything of it out of every table, and nothing of anybody else', async () => {
  const gone = await makeFullTenant();
  const other = await makeFullTenant();
  const [before, others] = [await countsOf(gone.id), await countsOf(other.id)];
  expect(tables.length).toBeGreaterThan(10);
  expect(Object.entries(before).filter(([, count]) => count === 0)).toEqual([]);

  await asPlatform(({ db }) => db.$executeRaw`delete from tenants where id = ${gone.id}::uuid`);

  expect(Object.entries(await countsOf(gone.id)).filter(([, count]) => count > 0)).toEqual([]);
  expect(await countsOf(other.id)).toEqual(others);
});

test.each(['channels', 'leads', 'scripts', 'script_versions'])(
  'of a tenant that stays, %s in use cannot be deleted',
  async (table) => {
    const tenant = await makeFullTenant();
    const deleting = asPlatform(({ db }) =>
      db.$executeRawUnsafe(`delete from ${table} where tenant_id = $1::uuid`, tenant.id),
    );
    expect(await deleting.catch(sqlState)).toBe('23503');
  },
);
