import { expect, test } from 'vitest';
import { testDatabase } from '#server/testing/database.ts';
import { freePort } from '#server/testing/free-port.ts';
import { serveWatch } from './watch.ts';

testDatabase();

test('a process that serves nothing else tells its health and its numbers, and nothing more', async () => {
  const port = await freePort();
  const end = await serveWatch(port);
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  expect(await ask('/livez')).toBe(200);
  await expect.poll(() => ask('/readyz'), { timeout: 10_000 }).toBe(200);
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(metrics).toContain('parley_delivery_outcomes_total');
  expect(await ask('/api/webhooks/whatsapp')).toBe(404);
  end();
  await expect(fetch(`http://127.0.0.1:${port}/livez`)).rejects.toThrow();
});
