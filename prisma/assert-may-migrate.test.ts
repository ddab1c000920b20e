import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { expect, inject, test, vi } from 'vitest';
import { assertUsable } from '#server/main/database.ts';

// Whole processes and databases are made here: a busy machine takes its time.
vi.setConfig({ testTimeout: 90_000 });

const cluster = inject('clusterUrl');
const run = promisify(execFile);

async function ask(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
const asSuperuser = (sql: string) => ask(cluster, sql);

/** A database of `owner`, or of the superuser, and the address with which `user` opens it. */
async function makeDatabase(user: string, rights: string, { owner = user, locale = '' } = {}) {
  await asSuperuser(`create role ${user} login ${rights} password 'tests'`);
  await asSuperuser(`create database ${user} owner ${owner} template template0 ${locale}`);
  const url = new URL(cluster);
  [url.username, url.password, url.pathname] = [user, 'tests', `/${user}`];
  return url.toString();
}

const refusal = (url: string) =>
  assertUsable(url).then(
    () => 'usable',
    (error: Error) => error.message,
  );
/** The SQL that a refusal names. */
const remedies = (said: string) => [...said.matchAll(/run {2}(.+;)$/gm)].map(([, sql = '']) => sql);

/** As `npm run migrate` runs it. */
async function migrate(url: string) {
  const settings = { DATABASE_URL: url, ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') };
  const env = { NODE_ENV: 'production' as const, PATH: process.env['PATH'], ...settings };
  return run(process.execPath, ['prisma/migrate.ts'], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, said: stdout + stderr }),
    ({ code, stdout, stderr }) => ({ code, said: stdout + stderr }),
  );
}

test('an owner who may do nothing is told every right that is missing; with the SQL it is told, it migrates', async () => {
  const url = await makeDatabase('weak', '', { owner: 'postgres' });
  const before = await migrate(url);
  expect(before.code).toBe(1);
  expect(before.said.trim().split('\n')).toEqual([
    expect.stringMatching(/belongs to "postgres".+ALTER DATABASE "weak" OWNER TO "weak";$/),
    expect.stringMatching(/^"weak" may not create roles.+ALTER ROLE "weak" CREATEROLE;$/),
  ]);
  for (const sql of remedies(before.said)) await asSuperuser(sql);

  // In this cluster a superuser has made the roles, for another Parley.
  const then = await migrate(url);
  expect(then.said).toMatch(
    /^Another login made the roles parley_tenant, parley_platform, parley_jobs.+;\n$/,
  );
  for (const sql of remedies(then.said)) await asSuperuser(sql);
  expect(await migrate(url)).toMatchObject({
    code: 0,
    said: expect.stringMatching(/^Applied .+first_house/),
  });
  expect(await migrate(url)).toEqual({ code: 0, said: 'The database is up to date.\n' });
});

test('a superuser lacks nothing, whoever the owner is', async () => {
  const url = await makeDatabase('mighty', 'superuser', { owner: 'postgres' });
  expect(await assertUsable(url)).toEqual({ readsAll: true });
});

test('who has migrated before is named to who comes later', async () => {
  const url = await makeDatabase('later', 'createrole');
  await asSuperuser('grant parley_tenant, parley_platform, parley_jobs to later with admin option');
  expect(await assertUsable(url)).toEqual({ readsAll: false });
  const asBefore = cluster.replace(/\/parley$/, '/later');
  await ask(asBefore, 'create table _prisma_migrations (n int)');
  expect(await refusal(url)).toMatch(/^The tables of "later" belong to "postgres"/);
});

test('a database that cannot hold every message is refused', async () => {
  const url = await makeDatabase('latin', 'superuser', {
    locale: "locale_provider libc locale 'C' encoding 'LATIN1'",
  });
  expect(await refusal(url)).toMatch(
    /encoded in LATIN1.+CREATE DATABASE "latin" ENCODING 'UTF8' TEMPLATE template0;/,
  );
});

test('who may not even connect, and what is not there, is told apart from a server that is away', async () => {
  const url = await makeDatabase('outside', '', { owner: 'postgres' });
  await asSuperuser('revoke connect on database outside from public');
  expect(await refusal(url)).toMatch(/^"outside" may not connect to the database "outside"/);
  expect(await refusal(url.replace(/outside$/, 'nowhere'))).toMatch(/has no database "nowhere"/);
  expect(await refusal(url.replace(':tests@', ':wrong@'))).toMatch(/does not let "outside" in/);
  expect(await refusal('postgres://a:b@127.0.0.1:1/c')).toMatch(/cannot be reached \(ECONNREFUSED\)/);
});
