import { readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { keepSecrets } from './secrets.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('secrets are made once, for their owner only', () => {
  const folder = temporaryFolder();
  const made = keepSecrets(folder);
  expect(keepSecrets(folder)).toEqual(made);
  expect(Buffer.from(made.encryptionKey, 'base64')).toHaveLength(32);
  expect(statSync(path.join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['secrets.json']);
});

test('a damaged file is refused, never replaced: its key may be the only one', () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'secrets.json'), '{"authSecret":');
  expect(() => keepSecrets(folder)).toThrow('restore it');
});

test('a folder that cannot be written to is told in one sentence', () => {
  const file = path.join(temporaryFolder(), 'no-folder');
  writeFileSync(file, '');
  expect(() => keepSecrets(file)).toThrow('cannot be used: a file is in the way of a folder');
});
