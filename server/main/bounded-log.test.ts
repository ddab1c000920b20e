import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openBoundedLog } from './bounded-log.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('a full log moves aside and goes on empty', () => {
  const file = path.join(temporaryFolder(), 'web.log');
  const write = openBoundedLog(file, 10);
  for (const line of ['first line\n', 'second line\n', 'third\n']) write(line);
  expect(readFileSync(`${file}.1`, 'utf8')).toBe('second line\n');
  expect(readFileSync(file, 'utf8')).toBe('third\n');
});

test('it goes on where the last start ended', () => {
  const file = path.join(temporaryFolder(), 'web.log');
  openBoundedLog(file)('before\n');
  openBoundedLog(file)('after\n');
  expect(readFileSync(file, 'utf8')).toBe('before\nafter\n');
});
