import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function start(settings: Record<string, string> = {}): ChildProcess {
  const child = fork(new URL('./main.ts', import.meta.url), {
    env: { NODE_ENV: 'test', META_PORT: '0', ...settings },
    execArgv: [],
    silent: true,
  });
  children.push(child);
  return child;
}

async function ready(child: ChildProcess): Promise<string> {
  const [message] = (await once(child, 'message')) as [{ type: string; url: string }];
  expect(message).toEqual({ type: 'ready', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
  return message.url;
}

test('it says where it listens, and ends when it is told to', async () => {
  const child = start();
  const url = await ready(child);
  expect((await fetch(`${url}/_sim/health`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('it does not outlive its parent', async () => {
  const child = start();
  await ready(child);
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test.each([
  ['a port that is taken', async () => new URL(await ready(start())).port, /port \d+ is in use/],
  ['a port that is none', async () => 'abc', /^simulated Meta: META_PORT/],
])('%s ends the start with one clear line', async (_what, port, line) => {
  const child = start({ META_PORT: await port() });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk) => {
    said += chunk;
  });
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(said).toMatch(line);
  expect(said.trim().split('\n')).toHaveLength(1);
});

test('the platform’s app takes its secret from the environment', async () => {
  const url = await ready(start({ META_APP_SECRET: 'mine', META_VERIFY_TOKEN: '' }));
  const ask = `${url}/v25.0/debug_token?input_token=demo-token-acme&access_token=634974688087057|`;
  expect((await fetch(`${ask}mine`)).status).toBe(200);
  expect((await fetch(`${ask}demo-app-secret`)).status).toBe(401);
});
