import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { makeFullTenant } from '#server/testing/full-tenant.ts';
import { testSettings } from '#server/testing/settings.ts';
import { asPlatform } from './as-platform.ts';
import { applicationUrl } from './login.ts';
import { sqlState } from './sql-state.ts';
import { type TenantTx, withTenant } from './with-tenant.ts';

const { owner, url } = testDatabase();
type Full = Awaited<ReturnType<typeof makeFullTenant>>;
type Table = { name: string; columns: string[] };
type Key = { name: string; table: string; columns: string[] };

// Nobody changes what is written there, not even their own.
// What the tenant's role may not do there at all; elsewhere it may, to its own rows.
const withoutRight = new Map([
  ['audit', ['update', 'delete']],
  ['grants', ['update', 'delete']],
  ['quota_warnings', ['update', 'delete']],
  ['rate_buckets', ['update', 'delete']],
  ['charges', ['update', 'delete']],
  ['usage', ['delete']],
]);

let [a, b]: Full[] = [];
let tables: Table[] = [];
let keys: Key[] = [];
const own = () => a ?? missing();
const other = () => b ?? missing();

beforeAll(async () => {
  a = await makeFullTenant();
  b = await makeFullTenant();
  const found = await owner.query<Table>(`
    select c.relname as name,
           (select array_agg(quote_ident(x.attname)) from pg_attribute x
            where x.attrelid = c.oid and x.attnum > 0 and not x.attisdropped and x.attgenerated = '') as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`);
  tables = found.rows;
  const foreign = await owner.query<Key>(`
    select k.conname as name, k.conrelid::regclass::text as table,
           (select array_agg(quote_ident(a.attname)) from pg_attribute a
            where a.attrelid = k.conrelid and a.attnum = any(k.conkey) and a.attname <> 'tenant_id') as columns
    from pg_constraint k join pg_attribute t on t.attrelid = k.confrelid and t.attname = 'tenant_id'
    where k.contype = 'f' order by 1`);
  keys = foreign.rows;
});

const inOwn = <T>(work: (tx: TenantTx) => Promise<T>) => withTenant(own().id, work);

/** PostgreSQL's word for why it refused, or "taken". */
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'taken',
    (error: unknown) => sqlState(error) ?? String(error),
  );

async function everythingOf(tenantId: string) {
  const rows: Record<string, unknown[]> = {};
  for (const { name } of tables)
    rows[name] = (
      await owner.query(`select * from ${name} where tenant_id = $1 order by 1, 2, 3`, [tenantId])
    ).rows;
  return rows;
}

test('both tenants have rows in every table that belongs to tenants, so what follows is about something', async () => {
  expect(tables.length).toBeGreaterThan(10);
  for (const tenant of [own(), other()]) {
    const rows = await everythingOf(tenant.id);
    expect(
      Object.entries(rows)
        .filter(([, found]) => found.length === 0)
        .map(([name]) => name),
    ).toEqual([]);
  }
});

describe('a tenant’s transaction', () => {
  test('sees its own rows in every table, and nobody else’s', async () => {
    for (const { name } of tables) {
      const seen = await inOwn(({ db }) =>
        db.$queryRawUnsafe<{ tenant_id: string }[]>(`select distinct tenant_id from ${name}`),
      );
      expect(seen, name).toEqual([{ tenant_id: own().id }]);
    }
  });

  test('changes and deletes nothing of another tenant’s, in any table', async () => {
    const before = await everythingOf(other().id);
    for (const { name } of tables)
      for (const sql of [
        `update ${name} set tenant_id = tenant_id where tenant_id = '${other().id}'`,
        `delete from ${name} where tenant_id = '${other().id}'`,
        `delete from ${name} where tenant_id <> '${own().id}'`,
      ])
        if (withoutRight.get(name)?.some((right) => sql.startsWith(right)))
          expect(await refusal(inOwn(({ db }) => db.$executeRawUnsafe(sql))), sql).toBe('42501');
        else expect(await inOwn(({ db }) => db.$executeRawUnsafe(sql)), sql).toBe(0);
    expect(await everythingOf(other().id)).toEqual(before);
  });

  test('can neither make a row for another tenant nor give one away, in any table', async () => {
    for (const { name, columns } of tables) {
      const list = columns.join(', ');
      const { rows } = await owner.query<{ row: string }>(
        `select to_jsonb(x)::text as row from ${name} x where tenant_id = $1 limit 1`,
        [other().id],
      );
      const insert = `insert into ${name} (${list}) select ${list} from jsonb_populate_record(null::${name}, $1::jsonb)`;
      const made = inOwn(({ db }) => db.$executeRawUnsafe(insert, rows[0]?.row));
      expect(await refusal(made), `${name}: insert`).toBe('42501');
      const given = inOwn(({ db }) => db.$executeRawUnsafe(`update ${name} set tenant_id = '${other().id}'`));
      expect(await refusal(given), `${name}: update`).toBe('42501');
    }
  });

  test('can point no foreign key at another tenant’s row', async () => {
    expect(keys.length).toBeGreaterThan(10);
    for (const { name, table, columns } of keys) {
      const list = columns.join(', ');
      const { rows } = await owner.query<{ values: string }>(
        `select jsonb_agg(x)::text as values from (select ${list} from ${table}
         where tenant_id = $1 and ${columns[0]} is not null limit 1) x`,
        [other().id],
      );
      const pointed = inOwn(({ db }) =>
        db.$executeRawUnsafe(
          `update ${table} t set (${list}) = row(${columns.map((column) => `v.${column}`).join(', ')})
           from jsonb_populate_recordset(null::${table}, $1::jsonb) v`,
          rows[0]?.values,
        ),
      );
      expect(await refusal(pointed), name).toBe('23503');
    }
  });

  test.each([
    ['the queue', 'select from pgboss.job'],
    ['the queue’s list', 'select from pgboss.queue'],
    ['sessions', 'select from sessions'],
    ['quarantine', 'select from quarantine'],
    ['passwords', 'select password_hash from users'],
    ['who is superadmin', 'select superadmin from users'],
    ['the migrations', 'select from _prisma_migrations'],
    ['users, to write', "update users set name = 'x'"],
    ['its own slug', "update tenants set slug = 'x'"],
    ['tenants, to make', "insert into tenants (id, slug, name) values (gen_random_uuid(), 'x', 'x')"],
    ['a new table', 'create table mine (n int)'],
    ['settings', 'alter table messages disable row level security'],
  ])('may not touch %s', async (_, sql) => {
    expect(await refusal(inOwn(({ db }) => db.$executeRawUnsafe(sql)))).toMatch(/42501|55000/);
  });

  test('sees itself among the tenants, and its members among the users', async () => {
    const seen = await inOwn(async ({ db }) => ({
      tenants: await db.$queryRaw<{ id: string }[]>`select id from tenants`,
      users: await db.$queryRaw<{ id: string }[]>`select id from users`,
    }));
    expect(seen.tenants).toEqual([{ id: own().id }]);
    expect(seen.users.map(({ id }) => id).sort()).toEqual([own().agent.id, own().owner.id].sort());
  });

  test('finds its own leads and conversations by search, and nobody else’s', async () => {
    const find = (tenantId: string) =>
      withTenant(tenantId, async ({ db }) => ({
        leads: await db.$queryRaw`select search_leads as id from search_leads('alex of', '1650', 500)`,
        conversations: await db.$queryRaw`
          select found as id from search_conversations('alex of', '1650', null, 'ffffffff-ffff-ffff-ffff-ffffffffffff', 500) found`,
      }));
    for (const { id, leadId, conversationId } of [own(), other()])
      expect(await find(id)).toEqual({ leads: [{ id: leadId }], conversations: [{ id: conversationId }] });
  });

  test('leaves no role and no tenant behind on its connection, forty at once', async () => {
    const asked = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? own() : other()));
    const seen = await Promise.all(
      asked.map(({ id }) =>
        withTenant(id, async ({ db, tenantId }) => {
          const leads = await db.$queryRaw<
            { tenant_id: string }[]
          >`select tenant_id from leads, pg_sleep(0.005)`;
          const messages = await db.$queryRaw<{ tenant_id: string }[]>`select tenant_id from messages`;
          return { tenantId, seen: new Set([...leads, ...messages].map((row) => row.tenant_id)) };
        }),
      ),
    );
    expect(seen).toEqual(asked.map(({ id }) => ({ tenantId: id, seen: new Set([id]) })));
  });

  test('that failed leaves nothing behind either', async () => {
    await expect(inOwn(({ db }) => db.$queryRaw`select 1 / 0`)).rejects.toThrow();
    const [left] = await asPlatform(
      ({ db }) =>
        db.$queryRaw<
          { tenant: string | null }[]
        >`select nullif(current_setting('app.tenant_id', true), '') as tenant`,
    );
    expect(left).toEqual({ tenant: null });
  });

  test.each(['', 'not-an-id', "' or true --"])(
    'for the tenant “%s” sees nothing, it fails',
    async (tenantId) => {
      expect(await refusal(withTenant(tenantId, ({ db }) => db.$queryRaw`select from leads`))).toBe('22P02');
    },
  );

  test('for a tenant that does not exist sees nothing and makes nothing', async () => {
    const nobody = '01900000-0000-7000-8000-000000000000';
    expect(await withTenant(nobody, ({ db }) => db.$queryRaw`select from leads`)).toEqual([]);
    const made = withTenant(
      nobody,
      ({ db }) => db.$executeRaw`insert into leads (tenant_id, id) values (${nobody}::uuid, ${nobody}::uuid)`,
    );
    expect(await refusal(made)).toBe('23503');
  });
});

describe('the application’s login outside the two doors', () => {
  async function asLogin<T>(work: (client: pg.Client) => Promise<T>) {
    const client = new pg.Client({ connectionString: applicationUrl(url, testSettings.ENCRYPTION_KEY) });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  test('reads no table, the queue’s included', async () => {
    const { rows } = await owner.query<{ name: string }>(`
      select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm') and n.nspname in ('public', 'pgboss')`);
    expect(rows.length).toBeGreaterThan(25);
    const codes = await asLogin(async (client) => {
      const found = new Set<string>();
      for (const { name } of rows)
        found.add(
          await client.query(`select from ${name}`).then(
            () => `${name} can be read`,
            ({ code }: { code: string }) => code,
          ),
        );
      return found;
    });
    expect([...codes]).toEqual(['42501']);
  });

  test('may call no search, and become nobody but the three roles', async () => {
    await asLogin(async (client) => {
      for (const search of ["search_leads('', '', 9)", "search_conversations('', '', null, null, 9)"])
        await expect(client.query(`select public.${search}`), search).rejects.toMatchObject({
          code: '42501',
        });
      await expect(client.query('set role postgres')).rejects.toMatchObject({ code: '42501' });
      const { rows } = await client.query(
        "select rolname from pg_roles where pg_has_role(session_user, oid, 'set') and rolname <> session_user order by 1",
      );
      expect(rows.map(({ rolname }) => rolname)).toEqual(['parley_jobs', 'parley_platform', 'parley_tenant']);
    });
  });

  test('as the tenants’ role but without a tenant, every query fails', async () => {
    await asLogin(async (client) => {
      await client.query('set role parley_tenant');
      for (const { name } of tables)
        await expect(client.query(`select from ${name}`), name).rejects.toMatchObject({ code: '42704' });
      for (const search of ["search_leads('', '', 9)", "search_conversations('', '', null, null, 9)"])
        await expect(client.query(`select ${search}`), search).rejects.toMatchObject({ code: '42704' });
    });
  });
});

function missing(): never {
  throw new Error('the tenants are made first');
}
