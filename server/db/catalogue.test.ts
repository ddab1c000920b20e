import { expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { Prisma } from './sql.ts';

const { owner } = testDatabase();

// Meta knows neither our tenants nor their ids, so these two are looked up without one.
const uniqueOverAll = ['channels_key_key', 'channels_phone_number_id_key'];

// The audit log holds the platform's own entries too, and letters go to people too, who have no tenant; their key is
// their id alone.
const ofNoTenantToo = ['audit', 'letters'];

// Ids of the same tenant that no foreign key holds, and why.
const looseIds = new Map([
  ['conversations.assignee_id', 'a member who leaves stays named in what they held'],
  ['conversations.last_message_id', 'a hint for the list; a key both ways would make a circle'],
  ['messages.author_id', 'a member who leaves stays the author'],
  ['messages.channel_id', 'its conversation’s, written by the same statement; a key would cost every insert'],
  ['conversation_events.actor_id', 'a member who leaves stays in the history'],
  ['audit.actor_id', 'who did it stays named, whatever becomes of their login'],
  ['turns.conversation_id', 'its message’s'],
  ['outbox.conversation_id', 'its message’s'],
  ['leads.assignee_id', 'a member who leaves gives their leads back, as their conversations'],
  ['lead_notes.author_id', 'a member who leaves stays the author'],
  ['lead_events.actor_id', 'a member who leaves stays in the history'],
  ['consents.actor_id', 'a member who leaves stays in the history'],
  ['merges.survivor_id', 'what was merged is told when both are gone, too'],
  ['merges.merged_id', 'what was merged is told when both are gone, too'],
  ['merges.actor_id', 'a member who leaves stays in the history'],
  ['merge_refusals.one_id', 'an answer of no weight once either is gone'],
  ['merge_refusals.other_id', 'an answer of no weight once either is gone'],
  ['bulk_changes.user_id', 'who did it stays named'],
  ['bulk_change_rows.lead_id', 'as it was, also when the lead is gone; a key would cost every row'],
  ['imports.user_id', 'who did it stays named'],
  ['imports.file_id', 'the file is swept away long before the ledger'],
  ['import_rows.import_id', 'its import’s row is locked while it is written; a key would cost every row'],
  ['import_rows.lead_id', 'as it was, also when the lead is gone; a key would cost every row'],
  ['exports.user_id', 'who did it stays named'],
  ['exports.file_id', 'the file is swept away long before the ledger'],
  ['charges.channel_id', 'its messages’; what Meta counted stays when a number is gone'],
  ['usage.channel_id', 'its messages’; what was spent stays when a number is gone'],
  ['early_statuses.channel_id', 'news without a message; dropped after a week'],
]);

const tenantTables = async () =>
  (
    await owner.query<{ name: string }>(`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`)
  ).rows.map(({ name }) => name);

async function ask<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
  return (await owner.query<T>(sql, values)).rows;
}

test('tenant_id comes first in the primary key of every table that has it, and is never null, but where some have none', async () => {
  const rows = await ask<{ name: string; first: string | null; nullable: boolean }>(`
    select c.relname as name, not t.attnotnull as nullable,
           (select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
            where i.indrelid = c.oid and i.indisprimary) as first
    from pg_class c join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`);
  expect(rows.length).toBeGreaterThan(10);
  expect(
    rows.filter(({ first, nullable }) => first !== 'tenant_id' || nullable).map(({ name }) => name),
  ).toEqual(ofNoTenantToo);
});

test('tenant_id comes first in every unique index but the two that Meta’s ids need', async () => {
  const rows = await ask<{ name: string }>(
    `
    select x.relname as name from pg_index i join pg_class x on x.oid = i.indexrelid
    join pg_attribute t on t.attrelid = i.indrelid and t.attname = 'tenant_id'
    where i.indisunique and i.indkey[0] <> t.attnum and i.indrelid::regclass::text <> all($1) order by 1`,
    [ofNoTenantToo],
  );
  expect(rows.map(({ name }) => name)).toEqual(uniqueOverAll);
});

test('a foreign key to a table of tenants’ rows begins with tenant_id on both sides', async () => {
  const rows = await ask<{ name: string; here: string; there: string }>(`
    select k.conname as name, h.attname as here, t.attname as there
    from pg_constraint k
    join pg_attribute h on h.attrelid = k.conrelid and h.attnum = k.conkey[1]
    join pg_attribute t on t.attrelid = k.confrelid and t.attnum = k.confkey[1]
    where k.contype = 'f' and exists (
      select from pg_attribute a where a.attrelid in (k.confrelid, k.conrelid) and a.attname = 'tenant_id')`);
  const withinTenants = rows.filter(({ there }) => there === 'tenant_id');
  expect(withinTenants.length).toBeGreaterThan(10);
  expect(withinTenants.filter(({ here }) => here !== 'tenant_id')).toEqual([]);
  // The rest lead to a tenant itself, or to a user, who belongs to no tenant.
  expect(rows.filter(({ there }) => there !== 'tenant_id').map(({ name }) => name)).toSatisfy(
    (names: string[]) => names.every((name) => /_(tenant|user)_id_fkey$/.test(name)),
  );
});

test('every other id in a tenant’s table is held by such a key, or is one of the few that need none', async () => {
  const rows = await ask<{ column: string }>(`
    select c.relname || '.' || a.attname as column
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and a.atttypid = 'uuid'::regtype and a.attname like '%\\_id' and a.attname <> 'tenant_id'
      and exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id')
      and not exists (
        select from pg_constraint k join pg_attribute f on f.attrelid = k.conrelid and f.attnum = k.conkey[1]
        where k.contype = 'f' and k.conrelid = c.oid and a.attnum = any(k.conkey) and f.attname = 'tenant_id')
      and not exists (
        select from pg_constraint k where k.contype = 'f' and k.conrelid = c.oid and k.conkey = array[a.attnum]
          and k.confrelid = 'users'::regclass)
    order by 1`);
  expect(rows.map(({ column }) => column)).toEqual([...looseIds.keys()].sort());
});

test('row-level security is on and forced for every table that the application may touch', async () => {
  const rows = await ask<{ name: string; guarded: boolean }>(`
    select relname as name, relrowsecurity and relforcerowsecurity as guarded from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> '_prisma_migrations'`);
  expect(rows.filter(({ guarded }) => !guarded)).toEqual([]);
});

test('each tenant’s table has one policy for tenants and one for the platform, and none for everybody', async () => {
  const rows = await ask<{ table: string; roles: string[]; using: string; check: string | null }>(`
    select tablename as table, roles::text[], qual as using, with_check as check from pg_policies
    where schemaname = 'public'`);
  expect(rows.filter(({ roles }) => roles.length !== 1 || roles.includes('public'))).toEqual([]);
  for (const table of await tenantTables()) {
    const own = rows.filter((row) => row.table === table);
    expect(own.map(({ roles }) => roles[0]).sort(), table).toEqual(['parley_platform', 'parley_tenant']);
    const tenant = own.find(({ roles }) => roles[0] === 'parley_tenant');
    expect(tenant?.using, table).toContain("tenant_id = (current_setting('app.tenant_id'");
    expect(tenant?.check, table).toBeNull();
  }
});

test('the application’s roles own no table, are no superusers, inherit nothing and cannot pass the policies', async () => {
  const rows = await ask(`
    select r.rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolcanlogin,
           rolcanlogin and rolinherit as inherits, count(c.oid)::int as owns
    from pg_roles r left join pg_class c on c.relowner = r.oid and c.relkind in ('r', 'p', 'v', 'm')
    where r.rolname in ('parley_tenant', 'parley_platform', 'parley_jobs')
       or has_database_privilege(r.oid, current_database(), 'connect') and r.rolname like 'parley\\_app\\_%'
    group by r.oid, r.rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolcanlogin, rolinherit
    order by 1`);
  const harmless = {
    ...{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false },
    ...{ rolreplication: false, inherits: false, owns: 0 },
  };
  expect(rows).toEqual([
    expect.objectContaining({ ...harmless, rolcanlogin: true }),
    { ...harmless, rolname: 'parley_jobs', rolcanlogin: false },
    { ...harmless, rolname: 'parley_platform', rolcanlogin: false },
    { ...harmless, rolname: 'parley_tenant', rolcanlogin: false },
  ]);
});

test('the migrations and Prisma’s schema know the same tables and columns', async () => {
  const rows = await ask<{ table: string; columns: string[] }>(`
    select table_name as table, array_agg(column_name::text order by column_name) as columns
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_name <> '_prisma_migrations' and table_type = 'BASE TABLE'
    group by 1 order by 1`);
  const enums = Object.entries(Prisma).filter(([name]) => name.endsWith('ScalarFieldEnum'));
  const shape = (columns: string[]) =>
    columns
      .map((column) => column.replaceAll('_', ''))
      .sort()
      .join(' ');
  const known = enums.map(([, fields]) => shape(Object.keys(fields).map((field) => field.toLowerCase())));
  const found = rows.map(({ columns }) => shape(columns));
  expect(found.filter((columns) => !known.includes(columns))).toEqual([]);
  expect(known.filter((columns) => !found.includes(columns))).toEqual([]);
});
