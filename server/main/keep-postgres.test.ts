import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { endCluster } from './cluster-processes.ts';
import { keepPostgres } from './keep-postgres.ts';
import { findFreePort } from './ports.ts';
import { temporaryFolder } from './temporary-folder.ts';

const password = 'only-for-this-test-0123456789';
const patience = 90_000;
const soon = { timeout: 60_000, interval: 200 };

/** One that is kept, and what can happen to it. */
async function start() {
  const parent = temporaryFolder();
  const folder = path.join(parent, 'pg');
  let stopping = false;
  onTestFinished(async () => {
    stopping = true;
    await endCluster(folder);
  });
  const port = await findFreePort();
  const gaveUp = vi.fn<(error: unknown) => void>();
  await keepPostgres({ folder, port, password }, { isStopping: () => stopping, gaveUp });
  const settings = path.join(folder, 'postgresql.conf');
  const whole = readFileSync(settings, 'utf8');
  return {
    gaveUp,
    kill: () =>
      process.kill(
        Number(readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]),
        'SIGKILL',
      ),
    hinder: () => appendFileSync(settings, 'nothing that it understands\n'),
    help: () => writeFileSync(settings, whole),
    said: () => readFileSync(path.join(parent, 'postgres.log'), 'utf8'),
    answers: async () => {
      const url = `postgres://postgres:${password}@127.0.0.1:${port}/parley`;
      const db = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
      db.on('error', () => {});
      try {
        await db.connect();
        return (await db.query('select 42 as answer')).rows;
      } finally {
        await db.end().catch(() => {});
      }
    },
  };
}

test('what dies is back, also when its first start after that fails', { timeout: patience }, async () => {
  const { gaveUp, kill, hinder, help, said, answers } = await start();
  hinder();
  kill();
  await vi.waitFor(() => expect(said()).toContain('syntax error'), soon);
  help();
  await vi.waitFor(async () => expect(await answers()).toEqual([{ answer: 42 }]), soon);
  expect(gaveUp).not.toHaveBeenCalled();
});

test('what cannot start again is given up, with its own words', { timeout: patience }, async () => {
  const { gaveUp, kill, hinder } = await start();
  hinder();
  kill();
  await vi.waitFor(() => expect(gaveUp).toHaveBeenCalledOnce(), soon);
  expect(String(gaveUp.mock.calls[0]?.[0])).toContain('syntax error');
});
