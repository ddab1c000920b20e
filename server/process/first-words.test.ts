import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { freePort } from '#server/testing/free-port.ts';
import { testSettings } from '#server/testing/settings.ts';

// Whole processes and databases are made here: a busy machine takes its time.
vi.setConfig({ testTimeout: 90_000 });

const { url } = testDatabase();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'parley-process-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const { DATABASE_URL, ENCRYPTION_KEY, META_APP_SECRET, META_VERIFY_TOKEN } = {
  ...testSettings,
  DATABASE_URL: url,
};
const settings = { DATABASE_URL, ENCRYPTION_KEY, META_APP_SECRET, META_VERIFY_TOKEN };

/** Runs a process that is not going to start; what it said on both streams, in order, and how it ended. */
async function start(args: string[], changed: Record<string, string>) {
  const file = path.join(folder, 'said');
  const said = openSync(file, 'w');
  const env = { NODE_ENV: 'production' as const, ...settings, PORT: String(await freePort()), ...changed };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', said, said] });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  closeSync(said);
  return { code, said: readFileSync(file, 'utf8').trim().split('\n') };
}
const several = ['server/main/process-cluster.ts', '3', 'server/web.ts', '--ingest'];
const ingest = ['server/web.ts', '--ingest'];
const worker = ['server/worker.ts'];

test('a process that cannot start says why in one plain line, and ends', async () => {
  expect(await start(worker, { ENCRYPTION_KEY: '' })).toEqual({
    code: 1,
    said: ['ENCRYPTION_KEY is not set. See .env.example for what it must be.'],
  });
  expect(await start(ingest, { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' })).toEqual({
    code: 1,
    said: ['The database cannot be reached: check DATABASE_URL, and that PostgreSQL runs.'],
  });
  expect(await start(worker, { ENCRYPTION_KEY: Buffer.alloc(32, 'another').toString('base64') })).toEqual({
    code: 1,
    said: [
      'The database does not let the application in: run npm run migrate with this ENCRYPTION_KEY first.',
    ],
  });
  // An address for documentation, which no machine has.
  expect(await start(ingest, { LISTEN_HOST: '203.0.113.1' })).toEqual({
    code: 1,
    said: ['LISTEN_HOST is no address of this machine: give one of its own, or 0.0.0.0 for all.'],
  });
});

test('of several processes that cannot start one says it, and all end', async () => {
  expect(await start(several, { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' })).toEqual({
    code: 1,
    said: ['The database cannot be reached: check DATABASE_URL, and that PostgreSQL runs.'],
  });
});

test('of a port that is taken it names the number and the setting', async () => {
  const stranger = createServer();
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  const address = stranger.address();
  const port = String(typeof address === 'object' && address ? address.port : 0);
  expect(await start(ingest, { PORT: port })).toEqual({
    code: 1,
    said: [`Port ${port} is in use by another program: end that one, or set PORT to another.`],
  });
  expect(await start(worker, { WORKER_PORT: port })).toEqual({
    code: 1,
    said: [`Port ${port} is in use by another program: end that one, or set WORKER_PORT to another.`],
  });
  expect(await start(several, { PORT: port })).toMatchObject({ code: 1, said: { length: 1 } });
  stranger.close();
});

test('what it has no sentence for it logs, after a plain line', async () => {
  const { code, said } = await start(worker, { DATABASE_URL: `${url}?sslmode=verify-full` });
  expect(code).toBe(1);
  expect(said[0]).toBe('worker could not start: see the next line.');
  expect(JSON.parse(said[1] ?? '')).toMatchObject({ level: 60, msg: 'worker could not start' });
});
