import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ProcessRecord } from './process-record.ts';
import { refer, startMark } from './process-table.ts';
import { marker, takeFolder } from './take-folder.ts';
import { temporaryFolder } from './temporary-folder.ts';

const gone = { pid: 999_999_999, startMark: 'another/1' };

async function sleeper(env: Record<string, string> = {}, script = 'setInterval(() => {}, 1000)') {
  const args = ['-e', `console.log('up'); ${script}`];
  const child = spawn(process.execPath, args, {
    env: { ...env, NODE_ENV: 'test' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

function leave(folder: string, record: Partial<ProcessRecord>) {
  const whole: ProcessRecord = {
    supervisor: gone,
    launchers: [],
    stopping: false,
    address: 'http://localhost:3000',
    children: [],
    ...record,
  };
  writeFileSync(path.join(folder, 'processes.json'), JSON.stringify(whole));
}

const refOf = ({ pid = 0 }: ChildProcess) => refer(pid) ?? gone;
const lives = ({ pid = 0 }: ChildProcess) => startMark(pid) !== undefined;
const take = (folder: string) => takeFolder(folder, 'http://localhost:3000', []);

test('beside a running Parley a second one does not start', async () => {
  const folder = temporaryFolder();
  const running = await sleeper();
  leave(folder, { supervisor: refOf(running) });
  await expect(take(folder)).rejects.toThrow(
    `Parley already runs in this folder (pid ${running.pid}, http://localhost:3000).`,
  );
  expect(lives(running)).toBe(true);
});

test('what a killed supervisor left is ended, a stranger with a recorded pid is not', async () => {
  const folder = temporaryFolder();
  const child = await sleeper();
  const stranger = await sleeper();
  leave(folder, {
    children: [
      { ...refOf(child), name: 'web' },
      { ...refOf(stranger), startMark: 'of/before', name: 'worker' },
    ],
  });
  await take(folder);
  expect([lives(child), lives(stranger)]).toEqual([false, true]);
});

test('a supervisor whose launcher was killed is ended and followed', async () => {
  const folder = temporaryFolder();
  const orphan = await sleeper();
  leave(folder, { supervisor: refOf(orphan), launchers: [gone] });
  await take(folder);
  expect(lives(orphan)).toBe(false);
});

test('one that is stopping is waited for', async () => {
  const folder = temporaryFolder();
  const stopping = await sleeper(
    {},
    "process.on('SIGTERM', () => setTimeout(process.exit, 50)); setInterval(() => {}, 9)",
  );
  leave(folder, { supervisor: refOf(stopping), stopping: true });
  await take(folder);
  expect(lives(stopping)).toBe(false);
});

test.runIf(process.platform === 'linux')(
  'without any record, leftovers are found by their mark',
  async () => {
    const folder = temporaryFolder();
    const ours = await sleeper({ [marker]: folder });
    const ofAnotherFolder = await sleeper({ [marker]: `${folder}-2` });
    writeFileSync(path.join(folder, 'processes.json'), '{"supervisor":');
    await take(folder);
    expect([lives(ours), lives(ofAnotherFolder)]).toEqual([false, true]);
  },
);

test('of two starts at once one gets the folder', async () => {
  const folder = temporaryFolder();
  const results = await Promise.allSettled([take(folder), take(folder)]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});
