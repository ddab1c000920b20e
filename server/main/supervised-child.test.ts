import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startMark } from './process-table.ts';
import { type ChildEvents, superviseChild } from './supervised-child.ts';
import { temporaryFolder } from './temporary-folder.ts';

const serves = `
  process.on('disconnect', () => process.exit());
  process.on('SIGTERM', () => process.exit());
  process.on('message', (message) => message.type === 'die' && process.exit(3));
  process.send({ type: 'ready' });`;
const stubborn =
  "process.on('SIGTERM', () => {}); process.on('message', () => {}); process.send({ type: 'ready' });";

function supervise(script: string, events: ChildEvents = {}, waitsForChange = false) {
  const folder = temporaryFolder();
  const file = path.join(folder, 'child.mjs');
  writeFileSync(file, script);
  const seen: ChildProcess[] = [];
  const ready = vi.fn();
  const ended = vi.fn();
  const gaveUp = vi.fn();
  const child = superviseChild(
    { name: 'part', args: [file], cwd: folder, variables: {}, waitsForChange },
    { started: (process) => seen.push(process), ready, ended, gaveUp, ...events },
  );
  onTestFinished(async () => {
    const gone = child.stop();
    child.kill();
    await gone;
  });
  return { child, seen, ready, ended, gaveUp, file };
}

const soon = { timeout: 20_000, interval: 10 };

test('a process that dies is started again', async () => {
  const { child, seen, ready } = supervise(serves);
  await vi.waitFor(() => expect(ready).toHaveBeenCalledTimes(1), soon);
  child.tell({ type: 'die' });
  await vi.waitFor(() => expect(ready).toHaveBeenCalledTimes(2), soon);
  expect(new Set(seen.map(({ pid }) => pid)).size).toBe(2);
});

test('one that dies again and again is given up', async () => {
  const { gaveUp, seen } = supervise('process.exit(7)');
  await vi.waitFor(() => expect(gaveUp).toHaveBeenCalledWith('part', 'exit code 7'), soon);
  expect(seen).toHaveLength(6);
}, 30_000);

test('one that was up before is not given up because what its start needs is away for a while', async () => {
  const away = path.join(temporaryFolder(), 'away');
  const needs = `import { existsSync } from 'node:fs'; if (existsSync(${JSON.stringify(away)})) process.exit(1);`;
  const { child, ready, ended, gaveUp } = supervise(`${needs}${serves}`);
  await vi.waitFor(() => expect(ready).toHaveBeenCalledTimes(1), soon);
  writeFileSync(away, '');
  child.tell({ type: 'die' });
  await vi.waitFor(() => expect(ended.mock.calls.length).toBeGreaterThan(6), { timeout: 60_000 });
  rmSync(away);
  await vi.waitFor(() => expect(ready).toHaveBeenCalledTimes(2), soon);
  expect(gaveUp).not.toHaveBeenCalled();
}, 90_000);

test('in development it waits for a change instead, and takes it up', async () => {
  const { child, ready, ended, gaveUp, file } = supervise('process.exit(7)', {}, true);
  await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(6), soon);
  expect(gaveUp).not.toHaveBeenCalled();
  writeFileSync(file, serves);
  child.restart();
  await vi.waitFor(() => expect(ready).toHaveBeenCalledTimes(1), soon);
}, 30_000);

test('a stopped one is not started again', async () => {
  const { child, ready, seen } = supervise(serves);
  await vi.waitFor(() => expect(ready).toHaveBeenCalledTimes(1), soon);
  await child.stop();
  expect(seen).toHaveLength(1);
  expect(startMark(seen[0]?.pid ?? 0)).toBeUndefined();
});

test('one that will not leave can be killed', async () => {
  const { child, ready, ended } = supervise(stubborn);
  await vi.waitFor(() => expect(ready).toHaveBeenCalledTimes(1), soon);
  const gone = child.stop();
  child.kill();
  await gone;
  expect(ended).toHaveBeenCalledWith(expect.any(Number), 'SIGKILL');
});

test('the children leave when their supervisor is killed with -9', async () => {
  const folder = temporaryFolder();
  const pidFile = path.join(folder, 'pid');
  writeFileSync(path.join(folder, 'child.mjs'), serves);
  writeFileSync(
    path.join(folder, 'supervisor.mjs'),
    `import { writeFileSync } from 'node:fs';
     const { superviseChild } = await import(${JSON.stringify(path.join(import.meta.dirname, 'supervised-child.ts'))});
     let pid;
     superviseChild({ name: 'part', args: ['child.mjs'], cwd: ${JSON.stringify(folder)}, variables: {} },
       { started: (child) => { pid = child.pid; }, ready: () => writeFileSync(${JSON.stringify(pidFile)}, String(pid)) });`,
  );
  const supervisor = spawn(process.execPath, [path.join(folder, 'supervisor.mjs')], { stdio: 'ignore' });
  await vi.waitFor(() => expect(existsSync(pidFile) && readFileSync(pidFile, 'utf8')).toMatch(/^\d+$/), soon);
  const child = Number(readFileSync(pidFile, 'utf8'));
  expect(startMark(child)).toBeDefined();
  supervisor.kill('SIGKILL');
  await once(supervisor, 'exit');
  await vi.waitFor(() => expect(startMark(child)).toBeUndefined(), soon);
});
