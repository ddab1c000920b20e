import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withLock } from './folder-lock.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('only one at a time does the work', async () => {
  const file = path.join(temporaryFolder(), 'lock');
  let inside = 0;
  const work = async () => {
    inside += 1;
    expect(inside).toBe(1);
    await sleep(5);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 5 }, () => withLock(file, work)));
  expect(existsSync(file)).toBe(false);
});

test.each([
  ['a process that is gone', '999999999 some/mark'],
  ['a process whose pid has come back', `${process.pid} another/mark`],
])('a lock of %s does not hold', async (_whose, content) => {
  const file = path.join(temporaryFolder(), 'lock');
  writeFileSync(file, content);
  expect(await withLock(file, async () => 'done')).toBe('done');
});

test('work that fails gives the lock back', async () => {
  const file = path.join(temporaryFolder(), 'lock');
  await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(file)).toBe(false);
});
