import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { freePort } from '#server/testing/free-port.ts';
import { testSettings } from '#server/testing/settings.ts';

const { url } = testDatabase();
const started: ChildProcess[] = [];
afterAll(() => {
  for (const one of started) one.kill('SIGKILL');
});

/** Several processes of one part, ready. */
async function start(count: number, script: string[], variables: Record<string, string>) {
  const { ENCRYPTION_KEY, META_APP_SECRET, META_VERIFY_TOKEN } = testSettings;
  const child = spawn(process.execPath, ['server/main/process-cluster.ts', String(count), ...script], {
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    env: {
      ...{ NODE_ENV: 'production', LOG_LEVEL: 'warn', DATABASE_URL: url },
      ...{ ENCRYPTION_KEY, META_APP_SECRET, META_VERIFY_TOKEN, ...variables },
    },
  });
  started.push(child);
  await once(child, 'message');
  return child;
}

const pids = async ({ pid }: ChildProcess) =>
  (await promisify(execFile)('pgrep', ['-P', String(pid)])).stdout.trim().split('\n').map(Number);

/** Each on a connection of its own, so that the processes take turns. */
const fresh = { connection: 'close' };
const knock = (port: number) =>
  fetch(`http://127.0.0.1:${port}/api/webhooks/whatsapp`, { method: 'POST', body: '{}', headers: fresh });
const metrics = async (port: number) =>
  (await fetch(`http://127.0.0.1:${port}/metrics`, { headers: fresh })).text();
const refusals = (text: string) =>
  Number(/parley_http_requests_total\{door="webhook",status="401"\} (\d+)/.exec(text)?.[1]);
const up = (text: string) => Number(/parley_processes\{part="\w+"\} (\d+)/.exec(text)?.[1]);
const askAll = (port: number) =>
  Promise.all(Array.from({ length: 8 }, async () => refusals(await metrics(port))));

test('whichever of several processes is asked, it tells what all have counted, also those that were killed', async () => {
  const port = await freePort();
  const cluster = await start(2, ['server/web.ts', '--ingest'], { PORT: String(port) });
  onTestFinished(() => void cluster.kill('SIGKILL'));
  for (let count = 0; count < 20; count += 1) expect((await knock(port)).status).toBe(401);
  expect(new Set(await askAll(port))).toEqual(new Set([20]));

  const [first = 0, second = 0] = await pids(cluster);
  for (const victim of [first, second]) {
    process.kill(victim, 'SIGKILL');
    await expect.poll(async () => (await pids(cluster)).includes(victim)).toBe(false);
    expect(refusals(await metrics(port))).toBe(20);
    await expect.poll(async () => up(await metrics(port)), { timeout: 20_000 }).toBe(2);
  }
  // Both that had counted are gone, and their successors go on from there.
  expect(new Set(await askAll(port))).toEqual(new Set([20]));
  await Promise.all(Array.from({ length: 6 }, () => knock(port)));
  expect(new Set(await askAll(port))).toEqual(new Set([26]));

  const ended = once(cluster, 'exit');
  cluster.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  await expect(metrics(port)).rejects.toThrow();
}, 60_000);

test('several workers share the port of their health and numbers', async () => {
  const port = await freePort();
  const cluster = await start(2, ['server/worker.ts'], { WORKER_PORT: String(port) });
  expect(await pids(cluster)).toHaveLength(2);
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  expect(up(await metrics(port))).toBe(2);
  expect(await metrics(port)).toMatch(/^parley_queue_depth\{queue="deliver",state="ready"\} 0$/m);
  const ended = once(cluster, 'exit');
  cluster.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
}, 60_000);

test('one that dies again and again takes all with it, for whoever started them', async () => {
  const port = await freePort();
  const cluster = await start(2, ['server/web.ts', '--ingest'], { PORT: String(port) });
  const ended = once(cluster, 'exit');
  while (cluster.exitCode === null) {
    for (const pid of await pids(cluster).catch(() => [])) process.kill(pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(await ended).toEqual([1, null]);
}, 60_000);
