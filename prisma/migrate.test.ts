import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#server/main/embedded-postgres.ts';
import { findFreePort } from '#server/main/ports.ts';
import { migrate } from './migrate.ts';

let place: string;
let postgres: EmbeddedPostgres;
let url: string;
let folder: string;

beforeAll(async () => {
  place = mkdtempSync(path.join(tmpdir(), 'parley-migrate-'));
  const options = {
    folder: path.join(place, 'pg'),
    port: await findFreePort(),
    password: 'only-for-this-test-01',
  };
  postgres = await startEmbeddedPostgres(options);
}, 60_000);

afterAll(async () => {
  await postgres.stop();
  rmSync(place, { recursive: true, force: true });
});

beforeEach(async () => {
  const name = `m_${randomBytes(6).toString('hex')}`;
  await ask(postgres.url, `create database ${name}`);
  url = postgres.url.replace(/parley$/, name);
  folder = path.join(place, name);
});

function write(name: string, sql: string) {
  mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, name, 'migration.sql'), sql);
}

async function ask(address: string, sql: string) {
  const db = new pg.Client({ connectionString: address });
  await db.connect();
  try {
    return (await db.query(sql)).rows;
  } finally {
    await db.end();
  }
}

const tables = async () =>
  (
    await ask(url, "select relname from pg_class where relkind = 'r' and relname like 't\\_%' order by 1")
  ).map(({ relname }) => relname);
const ledger = async () =>
  (
    await ask(url, 'select migration_name from _prisma_migrations where finished_at is not null order by 1')
  ).map(({ migration_name }) => migration_name);

test('what is missing is applied in order, once', async () => {
  write('2_second', 'alter table t_a add column b int;');
  write('1_first', "create table t_a (n int); do $$ begin perform 'a;b'; end $$;");
  expect(await migrate(url, folder)).toEqual(['1_first', '2_second']);
  expect(await migrate(url, folder)).toEqual([]);
  expect(await ledger()).toEqual(['1_first', '2_second']);
});

test('of two at once one applies and the other finds nothing to do', async () => {
  write('1_slow', 'create table t_a (n int); select pg_sleep(0.3);');
  write('2_more', 'create table t_b (n int);');
  const both = await Promise.all([migrate(url, folder), migrate(url, folder)]);
  expect(both.toSorted((a, b) => a.length - b.length)).toEqual([[], ['1_slow', '2_more']]);
});

test('a file that fails leaves nothing, says why and where, and is taken up once it is mended', async () => {
  write('1_bad', 'create table t_a (n int);\ninsert into nowhere values (1);');
  await expect(migrate(url, folder)).rejects.toThrow(
    /1_bad failed: relation "nowhere" does not exist.*line 2/,
  );
  expect([await tables(), await ledger()]).toEqual([[], []]);
  write('1_bad', 'create table t_a (n int);');
  expect(await migrate(url, folder)).toEqual(['1_bad']);
});

test('an applied file that was edited is refused', async () => {
  write('1_first', 'create table t_a (n int);');
  await migrate(url, folder);
  write('1_first', 'create table t_a (n bigint);');
  await expect(migrate(url, folder)).rejects.toThrow('1_first was edited after it had been applied');
});

test('a connection that is cut half-way leaves nothing, and the next run applies all', async () => {
  write('1_slow', 'create table t_a (n int); select pg_sleep(60);');
  const cut = migrate(url, folder).catch((error: Error) => error);
  const end =
    "select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(60)%' and datname = current_database() and pid <> pg_backend_pid()";
  await vi.waitFor(async () => expect(await ask(url, end)).toHaveLength(1), { timeout: 20_000 });
  expect(await cut).toBeInstanceOf(Error);
  expect([await tables(), await ledger()]).toEqual([[], []]);
  write('1_slow', 'create table t_a (n int);');
  expect(await migrate(url, folder)).toEqual(['1_slow']);
});

test('killed with -9 half-way, it leaves nothing, and the next run applies all', async () => {
  write('1_slow', 'create table t_a (n int); select pg_sleep(1.5);');
  const script = `const { migrate } = await import(${JSON.stringify(path.join(import.meta.dirname, 'migrate.ts'))});
    await migrate(${JSON.stringify(url)}, ${JSON.stringify(folder)})`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
  const sleeping =
    "select from pg_stat_activity where query like '%pg_sleep(1.5)%' and datname = current_database() and pid <> pg_backend_pid()";
  await vi.waitFor(async () => expect(await ask(url, sleeping)).toHaveLength(1), { timeout: 20_000 });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await tables()).toEqual([]);
  expect(await migrate(url, folder)).toEqual(['1_slow']);
  expect([await tables(), await ledger()]).toEqual([['t_a'], ['1_slow']]);
}, 30_000);

test('a file without a transaction may build an index concurrently, also while another one waits', async () => {
  write('1_table', 'create table t_a (n int);');
  write(
    '2_index',
    '-- parley: no transaction\ndrop index concurrently if exists i_a;\ncreate index concurrently i_a on t_a (n);\n',
  );
  const both = await Promise.all([migrate(url, folder), migrate(url, folder)]);
  expect(both.flat()).toEqual(['1_table', '2_index']);
  expect(await ask(url, "select indisvalid from pg_index where indexrelid = 'i_a'::regclass")).toEqual([
    { indisvalid: true },
  ]);
});

test('one of them that failed is begun again from its first statement', async () => {
  write('1_table', 'create table t_a (n int); insert into t_a values (1), (1);');
  const index = 'drop index concurrently if exists i_a;\ncreate unique index concurrently i_a on t_a (n);\n';
  write('2_index', `-- parley: no transaction\n${index}`);
  await expect(migrate(url, folder)).rejects.toThrow('2_index failed: could not create unique index');
  await ask(url, 'truncate t_a');
  expect(await migrate(url, folder)).toEqual(['2_index']);
});
