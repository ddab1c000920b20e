import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { endCluster } from './cluster-processes.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { findFreePort } from './ports.ts';
import { listProcesses, startMark } from './process-table.ts';
import { temporaryFolder } from './temporary-folder.ts';

const password = 'only-for-this-test-0123456789';
const patience = 60_000;

async function place() {
  const parent = temporaryFolder();
  const folder = path.join(parent, 'pg');
  onTestFinished(() => endCluster(folder));
  return { parent, folder, port: await findFreePort(), password };
}

async function ask(url: string, ...statements: string[]) {
  const db = new pg.Client({ connectionString: url });
  db.on('error', () => {});
  await db.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) rows = (await db.query(statement)).rows;
    return rows;
  } finally {
    await db.end().catch(() => {});
  }
}

const keep = ({ url }: EmbeddedPostgres) =>
  ask(url, 'create table kept (n int)', 'insert into kept values (42)');
const kept = ({ url }: EmbeddedPostgres) => ask(url, 'select n from kept');

test('data outlives a stop, and what makes it durable is on', { timeout: patience }, async () => {
  const options = await place();
  const first = await startEmbeddedPostgres(options);
  await keep(first);
  await first.stop();
  await first.ended;
  const second = await startEmbeddedPostgres(options);
  expect(await kept(second)).toEqual([{ n: 42 }]);
  const durable =
    "select name, setting from pg_settings where name in ('fsync','full_page_writes','synchronous_commit')";
  expect(await ask(second.url, `${durable} order by name`)).toEqual(
    ['fsync', 'full_page_writes', 'synchronous_commit'].map((name) => ({ name, setting: 'on' })),
  );
});

test('after kill -9 with a busy session it starts again, and nothing old is left', {
  timeout: patience,
}, async () => {
  const options = await place();
  const first = await startEmbeddedPostgres(options);
  await keep(first);
  const busy = ask(first.url, 'do $$ begin loop end loop; end $$').catch(() => 'cut');
  const isBusy = "select from pg_stat_activity where query like 'do %' and state = 'active'";
  await vi.waitFor(async () => expect(await ask(first.url, isBusy)).toHaveLength(1), { timeout: 20_000 });
  process.kill(first.pid, 'SIGKILL');
  await first.ended;
  const second = await startEmbeddedPostgres(options);
  expect(await busy).toBe('cut');
  expect(await kept(second)).toEqual([{ n: 42 }]);
  const postmasters = listProcesses().filter(({ command }) => command.includes(`-D ${options.folder} `));
  expect(postmasters.map(({ pid }) => pid)).toEqual([second.pid]);
});

test('an orphan on the data folder is replaced, not adopted', { timeout: patience }, async () => {
  const options = await place();
  const orphan = await startEmbeddedPostgres(options);
  await keep(orphan);
  const next = await startEmbeddedPostgres({ ...options, port: await findFreePort() });
  expect(startMark(orphan.pid)).toBeUndefined();
  expect(await kept(next)).toEqual([{ n: 42 }]);
});

test('a pid file whose pid is a stranger’s now does not hinder, nor harm the stranger', {
  timeout: patience,
}, async () => {
  const options = await place();
  const first = await startEmbeddedPostgres(options);
  await first.stop();
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  onTestFinished(() => void stranger.kill());
  const pidFile = [stranger.pid, options.folder, 1, options.port, '', '127.0.0.1', '', 'ready'];
  writeFileSync(path.join(options.folder, 'postmaster.pid'), pidFile.join('\n'));
  const second = await startEmbeddedPostgres(options);
  expect(second.pid).not.toBe(stranger.pid);
  expect(startMark(stranger.pid ?? 0)).toBeDefined();
});

test('a folder that was being made when the power went is made anew', { timeout: patience }, async () => {
  const options = await place();
  mkdirSync(`${options.folder}.new-1/data/base`, { recursive: true });
  writeFileSync(`${options.folder}.new-1/data/PG_VERSION`, '18\n');
  await startEmbeddedPostgres(options);
  expect(readdirSync(options.parent).sort()).toEqual(['pg', 'postgres.log']);
});

test('what is no data folder is put aside, not deleted', { timeout: patience }, async () => {
  const options = await place();
  mkdirSync(options.folder);
  writeFileSync(path.join(options.folder, 'PG_VERSION'), '18\n');
  await startEmbeddedPostgres(options);
  const aside = readdirSync(options.parent).filter((name) => name.startsWith('pg.incomplete-'));
  expect(readdirSync(path.join(options.parent, aside[0] ?? ''))).toEqual(['PG_VERSION']);
});

test('a port that a stranger uses is refused, and nothing runs', { timeout: patience }, async () => {
  const options = await place();
  const stranger = createServer().listen(options.port, '127.0.0.1');
  onTestFinished(() => void stranger.close());
  await expect(startEmbeddedPostgres(options)).rejects.toThrow(`Port ${options.port} is in use`);
  expect(listProcesses().filter(({ command }) => command.includes(options.folder))).toEqual([]);
});

test('another password than the folder was made with is told plainly', { timeout: patience }, async () => {
  const options = await place();
  await (await startEmbeddedPostgres(options)).stop();
  const other = { ...options, password: 'another-password-0123456789' };
  await expect(startEmbeddedPostgres(other)).rejects.toThrow('secrets.json does not fit');
  expect(listProcesses().filter(({ command }) => command.includes(options.folder))).toEqual([]);
});
