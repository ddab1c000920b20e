import { beforeAll, describe, expect, test } from 'vitest';
import { recordAudit } from '#server/audit/record-audit.ts';
import { beginSession } from '#server/auth/sessions.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { deleteTenant, restoreTenant } from '#server/tenants/change-standing.ts';
import { testDatabase } from '#server/testing/database.ts';
import { textWebhook, webhook } from '#server/testing/factories.ts';
import { makeFullTenant } from '#server/testing/full-tenant.ts';
import { receive } from '#server/testing/receive.ts';
import { inOrder } from './erasable-tables.ts';
import { eraseTenants, referenceOf } from './erase-tenants.ts';

const { owner } = testDatabase();
type Full = Awaited<ReturnType<typeof makeFullTenant>>;
type Column = { schema: string; table: string; name: string; type: string };

let [gone, other]: Full[] = [];
/** What must be found nowhere once the tenant is erased: each as text, as it would stand in a row. */
let needles: string[] = [];
let tenantTables: string[] = [];
const by = {
  actor: { userId: null, name: 'A test', address: null, device: null },
  email: 'admin@parley.example',
};
const phone = '4915712345678';

beforeAll(async () => {
  [gone, other] = [await makeFullTenant(), await makeFullTenant()];
  const { rows } = await owner.query<{ name: string }>(`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`);
  tenantTables = rows.map(({ name }) => name);
  await fillWhatHasNoTenant(theGone());
  needles = await needlesOf(theGone());
});

/** Letters whose jobs name them alone. */
const written: string[] = [];
const theGone = () => gone ?? expect.fail();
const theOther = () => other ?? expect.fail();

/** Jobs, sessions, payloads that nobody understood, and names that nobody else has. */
async function fillWhatHasNoTenant(tenant: Full) {
  const { id, phoneNumberId, slug } = tenant;
  await owner.query("update tenants set name = 'Ärzte & Söhne' where id = $1", [id]);
  await owner.query("update users set name = name || ' Ungewöhnlich' where email like $1", [
    `%@${slug}.example`,
  ]);
  await receive(
    textWebhook(phoneNumberId, {
      ...{ wamid: `wamid.of.${slug}`, from: phone, name: 'Peregrine Took', text: 'A most unusual message' },
    }),
  );
  await receive(webhook(phoneNumberId, { messages: 'none that anybody understands', of: phone }));
  for (const { id: userId } of [tenant.owner, tenant.agent])
    await beginSession(userId, `The device of ${slug}`);
  // What they did with their own logins, and the letters about that.
  await asPlatform((tx) =>
    recordAudit(tx, {
      ...{ tenantId: null, action: 'account.email-changed', subject: tenant.owner.email },
      actor: { userId: tenant.owner.id, name: `Ines of ${slug}`, address: '192.0.2.1', device: slug },
    }),
  );
  const letters = `insert into letters (id, tenant_id, recipient, subject) values (gen_random_uuid(), $1, $2, $3)
                   returning id`;
  for (const tenantId of [null, id]) {
    const { rows } = await owner.query<{ id: string }>(letters, [tenantId, tenant.agent.email, slug]);
    const letterId = rows[0]?.id ?? expect.fail();
    written.push(letterId);
    await asPlatform((tx) => enqueue(tx, 'send-mail', [{ letterId }]));
  }
  await asPlatform((tx) =>
    enqueue(tx, 'deliver', [
      { tenantId: id, conversationId: tenant.conversationId, channelId: tenant.channelId },
    ]),
  );
}

async function needlesOf(tenant: Full) {
  const { id, slug, phoneNumberId, wabaId } = tenant;
  const ids = new Set<string>([tenant.owner.id, tenant.agent.id]);
  for (const table of tenantTables) {
    const { rows } = await owner.query(`select to_jsonb(x) as row from ${table} x where tenant_id = $1`, [
      id,
    ]);
    for (const [uuid] of JSON.stringify(rows).matchAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g))
      ids.add(uuid);
  }
  return [
    ...[...ids, ...written],
    ...[slug, phoneNumberId, wabaId, phone, tenant.owner.email, tenant.agent.email, 'Ärzte & Söhne'],
    ...['Ungewöhnlich', 'Peregrine Took', 'A most unusual message', `Alex of ${slug}`],
  ];
}

/** Every place in the whole database, the queue included, where one of the words stands: "schema.table.column: word". */
async function placesOf(words: string[]): Promise<string[]> {
  const { rows: columns } = await owner.query<Column>(`
    select n.nspname as schema, c.relname as table, a.attname as name, a.atttypid::regtype::text as type
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where c.relkind in ('r', 'm') and a.attnum > 0 and not a.attisdropped
      and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`);
  expect(columns.length).toBeGreaterThan(200);
  const places: string[] = [];
  for (const { schema, table, name, type } of columns) {
    const column = `${owner.escapeIdentifier(name)}`;
    const holds =
      type === 'bytea'
        ? `position(convert_to(word, 'UTF8') in ${column}) > 0`
        : `position(lower(word) in lower(${column}::text)) > 0`;
    const { rows } = await owner.query<{ word: string }>(
      `select distinct word from ${owner.escapeIdentifier(schema)}.${owner.escapeIdentifier(table)}, unnest($1::text[]) word where ${holds}`,
      [words],
    );
    places.push(...rows.map(({ word }) => `${schema}.${table}.${name}: ${word}`));
  }
  return places;
}

async function countsOf(tenantId: string) {
  const counts: Record<string, number> = {};
  for (const table of tenantTables) {
    const { rows } = await owner.query(`select count(*)::int as n from ${table} where tenant_id = $1`, [
      tenantId,
    ]);
    counts[table] = rows[0].n;
  }
  return counts;
}

describe('a tenant that is deleted', () => {
  test('has rows in every table of tenants’ rows, and each word that must go is there', async () => {
    const counts = await countsOf(theGone().id);
    const empty = Object.keys(counts).filter((table) => counts[table] === 0);
    expect(empty, 'server/testing/full-tenant.ts has to fill these tables too').toEqual([]);
    const places = await placesOf(needles);
    expect(needles.filter((word) => !places.some((place) => place.endsWith(`: ${word}`)))).toEqual([]);
    const tables = new Set(places.map((place) => place.split('.').slice(0, 2).join('.')));
    for (const table of ['pgboss.job_common', 'public.quarantine', 'public.sessions', 'public.users'])
      expect([...tables]).toContain(table);
  });

  test('stays whole in its days of grace, and can be restored', async () => {
    const { id, slug } = theGone();
    const before = await countsOf(id);
    await asPlatform((tx) => deleteTenant(tx, slug, { ...by, reason: 'Asked for' }));
    await eraseTenants({ wait: 0 });
    expect(await countsOf(id)).toEqual({ ...before, audit: (before['audit'] ?? 0) + 1 });
    await asPlatform((tx) => restoreTenant(tx, slug, by));
    const { rows } = await owner.query('select state, delete_after from tenants where id = $1', [id]);
    expect(rows).toEqual([{ state: 'active', delete_after: null }]);
  });

  test('is not gone before every process has forgotten its numbers', async () => {
    const { id, slug, phoneNumberId } = theGone();
    await asPlatform((tx) => deleteTenant(tx, slug, { ...by, reason: null, days: 0 }));
    await eraseTenants({ wait: 3600 });
    const counts = await countsOf(id);
    expect(counts).toMatchObject({ messages: 0, conversations: 0, leads: 0, channels: 1, members: 2 });
    // What still comes in for it is understood by nobody, and goes with the rest.
    const late = await receive(textWebhook(phoneNumberId, { wamid: 'wamid.late', from: phone }));
    expect(late.status).toBe(200);
  });

  test('is found nowhere afterwards: no row, no column, no job, no payload, no login', async () => {
    const others = await countsOf(theOther().id);
    await eraseTenants({ wait: 0 });
    expect(await placesOf(needles)).toEqual([]);
    expect(await countsOf(theOther().id)).toEqual(others);
  });

  test('leaves one line in the platform’s audit log', async () => {
    const { rows } = await owner.query("select * from audit where action = 'tenant.erased'");
    expect(rows).toMatchObject([
      {
        tenant_id: null,
        actor_name: 'Parley',
        subject: `Tenant ${referenceOf(theGone().id)}`,
        details: { logins: 2 },
      },
    ]);
  });
});

test('whoever has another place, or runs the installation, keeps their login', async () => {
  const tenant = await makeFullTenant();
  await owner.query("insert into members values ($1, $2, 'agent')", [theOther().id, tenant.agent.id]);
  await owner.query('update users set superadmin = true where id = $1', [tenant.owner.id]);
  await asPlatform((tx) => deleteTenant(tx, tenant.slug, { ...by, reason: null, days: 0 }));
  await eraseTenants({ wait: 0 });
  const { rows } = await owner.query('select count(*)::int as n from users where id = any($1)', [
    [tenant.agent.id, tenant.owner.id],
  ]);
  expect(rows).toEqual([{ n: 2 }]);
  expect(await countsOf(tenant.id)).not.toMatchObject({ members: 2 });
});

test('many rows go in many small transactions, and a run that is told to stop ends between two', async () => {
  const tenant = await makeFullTenant();
  await owner.query(
    `insert into leads (tenant_id, id) select $1, gen_random_uuid() from generate_series(1, 1200)`,
    [tenant.id],
  );
  await asPlatform((tx) => deleteTenant(tx, tenant.slug, { ...by, reason: null, days: 0 }));
  const stopping = new AbortController();
  stopping.abort();
  await eraseTenants({ wait: 0, signal: stopping.signal });
  expect((await countsOf(tenant.id))['leads']).toBe(1202);
  // Several processes look for work; one of them does it.
  await Promise.all([eraseTenants({ wait: 0 }), eraseTenants({ wait: 0 }), eraseTenants({ wait: 0 })]);
  await expect
    .poll(async () => {
      await eraseTenants({ wait: 0 });
      return Object.values(await countsOf(tenant.id)).every((count) => count === 0);
    })
    .toBe(true);
});

test('a table is emptied before those that its rows lean on', () => {
  const table = (name: string, ...leansOn: string[]) => ({ name, leansOn });
  expect(inOrder([table('a'), table('b', 'a', 'x'), table('c', 'b', 'a')])).toEqual(['c', 'b', 'a']);
  expect(() => inOrder([table('a', 'b'), table('b', 'a')])).toThrow('tables in a circle: a, b');
});
