import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { disconnect } from '#server/db/client.ts';
import {
  applicationUrl,
  dropFormerLogins,
  ensureApplicationLogin,
  loginBase,
  loginName,
} from '#server/db/login.ts';
import { stopBoss } from '#server/jobs/boss.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#server/main/embedded-postgres.ts';
import { findFreePort } from '#server/main/ports.ts';
import { untilNobodyUses } from '#server/rotate-key/former-connections.ts';
import { makeTenant, textWebhook } from '#server/testing/factories.ts';
import { memberCaller } from '#server/testing/member-caller.ts';
import { receive } from '#server/testing/receive.ts';
import { testSettings } from '#server/testing/settings.ts';
import { afterMigrate } from './after-migrate.ts';
import { migrate } from './migrate.ts';
import { readerUrl } from './reader-login.ts';

// Whole processes and databases are made here: a busy machine takes its time.
vi.setConfig({ testTimeout: 90_000 });

// A cluster of its own: roles belong to clusters, and here nobody has made them.
let folder: string;
let postgres: EmbeddedPostgres;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'parley-first-house-'));
  postgres = await startEmbeddedPostgres({
    folder: path.join(folder, 'pg'),
    port: await findFreePort(),
    password: 'tests',
  });
}, 60_000);

afterAll(async () => {
  await stopBoss();
  await disconnect();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A database whose owner may make roles and is nothing more. */
async function makeDatabase(name: string) {
  await ask(postgres.url, `create role ${name} login createrole password 'tests'`);
  await ask(postgres.url, `create database ${name} owner ${name}`);
  return addressOf(name);
}

function addressOf(name: string) {
  const url = new URL(postgres.url);
  [url.username, url.password, url.pathname] = [name, 'tests', `/${name}`];
  return url.toString();
}

const shape = (url: string) =>
  ask(
    url,
    `select n.nspname, c.relname, c.relkind, c.relacl::text, c.relrowsecurity, pg_get_userbyid(c.relowner) as owner
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'pgboss') order by 1, 2`,
  );

test('an owner who may make roles, and is no superuser, builds the house, lives in it, and builds it again', async () => {
  const url = await makeDatabase('first');
  process.env['DATABASE_URL'] = url;
  expect(await migrate(url)).toEqual(readdirSync(path.join(import.meta.dirname, 'migrations')).toSorted());
  await afterMigrate(url);
  const built = await shape(url);
  expect(await migrate(url)).toEqual([]);
  await afterMigrate(url);
  expect(await shape(url)).toEqual(built);

  const tenant = await makeTenant();
  expect(await receive(textWebhook(tenant.phoneNumberId, { wamid: 'w', name: 'Alex' }))).toEqual({
    status: 200,
  });
  const caller = memberCaller(tenant);
  const { rows } = await caller.inbox.list({ tenant: tenant.slug, tab: 'all', search: 'alex' });
  expect(rows).toHaveLength(1);
  await caller.inbox.takeOver({ tenant: tenant.slug, conversationId: rows[0]?.id ?? '' });
  // The policies hold for the owner as well.
  expect(await ask(url, 'select from messages')).toEqual([]);
});

test('where the owner is held by the policies, a login beside it reads every tenant and changes nothing', async () => {
  const owner = addressOf('first');
  const { phoneNumberId } = await makeTenant();
  await receive(textWebhook(phoneNumberId, { wamid: 'wamid.of-another' }));
  const reader = readerUrl(owner, testSettings.ENCRYPTION_KEY);
  expect(await ask(owner, 'select wamid from messages')).toEqual([]);
  expect(await ask(reader, 'select wamid from messages order by 1')).toEqual([
    { wamid: 'w' },
    { wamid: 'wamid.of-another' },
  ]);
  expect(await ask(reader, "select from pgboss.job where name = 'take-turns'")).toHaveLength(2);
  for (const change of [
    'delete from messages',
    "update tenants set name = 'x'",
    'create table x ()',
    'set role parley_platform',
  ])
    await expect(ask(reader, change), change).rejects.toThrow('permission denied');

  // What a later migration makes is opened by the run that makes it.
  await ask(
    owner,
    'create table later (n int); alter table later enable row level security, force row level security',
  );
  await afterMigrate(owner);
  expect(await ask(reader, 'select from later')).toEqual([]);
  // So is what was restored from a dump of another database, whose login the policies name.
  await ask(owner, 'alter policy reader on messages to parley_jobs');
  expect(await ask(reader, 'select wamid from messages')).toEqual([]);
  await afterMigrate(owner);
  expect(await ask(reader, 'select wamid from messages')).toHaveLength(2);
});

test('such an owner ends what still works with a former key, and takes its login away', async () => {
  const [url, newKey] = [addressOf('first'), Buffer.alloc(32, 'new').toString('base64')];
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await ensureApplicationLogin(owner, url, newKey);
  const [former, current] = [testSettings.ENCRYPTION_KEY, newKey].map(
    (key) => new pg.Client({ connectionString: applicationUrl(url, key) }),
  );
  const ended = new Promise((resolve) => former?.on('error', resolve));
  await Promise.all([former?.connect(), current?.connect()]);
  const wait = { atLeast: 0, atMost: 300, say: () => undefined };
  const keys = [testSettings.ENCRYPTION_KEY];
  await expect(untilNobodyUses(owner, url, keys, { ...wait, mayEnd: false })).rejects.toThrow('Not done yet');
  await untilNobodyUses(owner, url, keys, { ...wait, mayEnd: true });
  await ended;
  await dropFormerLogins(owner, url, [newKey]);
  const logins = await ask(
    url,
    `select rolname from pg_roles where rolname like '${loginBase('app', url)}%'`,
  );
  expect(logins).toEqual([{ rolname: loginName('app', url, newKey) }]);
  expect((await current?.query('select current_user as name'))?.rows).toEqual([{ name: logins[0].rolname }]);
  await Promise.all([current?.end(), owner.end()]);
});

test('beside a superuser there is no other login that reads all', async () => {
  await ask(postgres.url, 'create database third');
  const url = postgres.url.replace(/parley$/, 'third');
  await migrate(url);
  await afterMigrate(url);
  const name = new URL(readerUrl(url, testSettings.ENCRYPTION_KEY)).username;
  expect(await ask(url, `select from pg_roles where rolname = '${name}'`)).toEqual([]);
});

test('two starts at once build one house', async () => {
  await ask(postgres.url, 'create database second');
  const url = postgres.url.replace(/parley$/, 'second');
  await Promise.all(
    [0, 1].map(async () => {
      await migrate(url);
      await afterMigrate(url);
    }),
  );
  expect((await shape(url)).length).toBeGreaterThan(30);
});
