import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { project } from '#e2e/product.ts';

// Its plan: kill a worker, refuse the database line, kill the database, kill a web process, lose the database's answers,
// fill the disk (where one can be mounted).
const seed = 9505;

test('a short run of chaos breaks no invariant', async ({ browserName: _ }, info) => {
  test.setTimeout(400_000);
  const file = info.outputPath('chaos.json');
  const words = ['--seconds', '18', '--seed', String(seed), '--json', file];
  const { stdout } = await promisify(execFile)(process.execPath, ['load/chaos/run.ts', ...words], {
    cwd: project,
  }).catch(({ stdout: said, stderr }) => {
    throw new Error(`${said}\n${stderr}`);
  });
  expect(stdout).toContain('EVERYTHING HOLDS');
  const { happened, counts } = JSON.parse(readFileSync(file, 'utf8'));
  const missed = happened.filter((fault: { missed: boolean }) => fault.missed);
  expect(
    missed.map(({ kind }: { kind: string }) => kind).filter((kind: string) => kind !== 'fill disk'),
  ).toEqual([]);
  expect(counts.written).toBeGreaterThan(100);
});
