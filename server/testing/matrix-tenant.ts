import type { Client } from 'pg';
import { addUser } from '#prisma/add-tenant.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { hashOfTests } from './factories.ts';
import { makeFullTenant } from './full-tenant.ts';
import type { MatrixTenant } from './procedure-rows.ts';

/** A full tenant with a member of each role, and the ids of its rows. `owner` looks behind the doors. */
export async function makeMatrixTenant(owner: Client): Promise<MatrixTenant> {
  return withIds(owner, await makeTenantWithAdmin());
}

/**
 * So many of them, one for each call. Each takes a hundred turns to the database, so the next ones are made while the
 * test waits for its own.
 */
export function matrixTenantsAhead(owner: Client, count: number): () => Promise<MatrixTenant> {
  const waiting: ReturnType<typeof makeTenantWithAdmin>[] = [];
  let begun = 0;
  return async () => {
    for (; waiting.length < 4 && begun < count; begun += 1) {
      const tenant = makeTenantWithAdmin();
      // Told by whoever waits for it.
      tenant.catch(() => {});
      waiting.push(tenant);
    }
    return withIds(owner, await (waiting.shift() ?? makeTenantWithAdmin()));
  };
}

async function makeTenantWithAdmin() {
  const tenant = await makeFullTenant();
  const admin = { name: 'Ada', email: `ada@${tenant.slug}.example`, superadmin: false };
  const id = await asPlatform(async (tx) => {
    const userId = await addUser(tx, { ...admin, passwordHash: await hashOfTests() });
    await tx.db.member.create({ data: { tenantId: tenant.id, userId, role: 'admin' } });
    return userId;
  });
  return { ...tenant, admin: { id, ...admin } };
}

const withIds = async (owner: Client, tenant: Awaited<ReturnType<typeof makeTenantWithAdmin>>) => ({
  ...tenant,
  ids: await idsOf(owner, tenant.id),
});

/** Of every table with ids the newest row’s; of messages one that went out. */
async function idsOf(owner: Client, tenantId: string) {
  const newest = (await tenantTables(owner, 'id')).map((name) => {
    const outgoing = name === 'messages' ? "and direction = 'outbound'" : '';
    return `(select '${name}' as name, id from ${name} where tenant_id = $1 ${outgoing} order by id desc limit 1)`;
  });
  const { rows } = await owner.query<{ name: string; id: string }>({
    ...{ name: 'ids', text: newest.join(' union all '), values: [tenantId] },
  });
  return Object.fromEntries(rows.map(({ name, id }) => [name, id]));
}

const found = new Map<string, Promise<string[]>>();

/** The tables with tenants’ rows; with `column` only those that have it too. A test file has one database. */
function tenantTables(owner: Client, column = 'tenant_id'): Promise<string[]> {
  const names = found.get(column) ?? findTenantTables(owner, column);
  found.set(column, names);
  return names;
}

async function findTenantTables(owner: Client, column: string): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select c.relname as name from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
     join pg_attribute b on b.attrelid = c.oid and b.attname = $1
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
    [column],
  );
  return rows.map(({ name }) => name);
}

/** One word for everything that a tenant has in any table, its members' logins included: the same as long as nothing changed. */
export async function fingerprintOf(owner: Client, tenantId: string): Promise<string> {
  // Named, so that it is planned once: with as many tables that takes longer than to read what a tenant has.
  const { rows } = await owner.query<{ word: string }>({
    name: 'fingerprint',
    text: `select md5(string_agg(part || row, '|' order by part, row)) as word from (${await everythingOf(owner)}) as everything`,
    values: [tenantId],
  });
  return rows[0]?.word ?? '';
}

/** Whether any row of a tenant holds a word. */
export async function holdsWord(owner: Client, tenantId: string, word: string): Promise<boolean> {
  const { rowCount } = await owner.query(
    `select from (${await everythingOf(owner)}) as everything where position($2 in row) > 0 limit 1`,
    [tenantId, word],
  );
  return rowCount === 1;
}

async function everythingOf(owner: Client): Promise<string> {
  const parts = (await tenantTables(owner)).map(
    (name) => `select '${name}' as part, x::text as row from ${name} x where tenant_id = $1`,
  );
  return `${parts.join(' union all ')}
    union all select 'tenants', x::text from tenants x where id = $1
    union all select 'users', x::text from users x where id in (select user_id from members where tenant_id = $1)`;
}
