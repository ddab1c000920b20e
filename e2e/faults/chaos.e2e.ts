import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { project } from '#e2e/product.ts';

// Its plan: kill a worker, kill a web process, freeze a backend at work, lose the database's answers, fill the disk
// (where one can be mounted), refuse the database line, kill the database.
const seed = 58031;

test('a short run of chaos breaks no invariant', async ({ browserName: _ }, info) => {
  test.setTimeout(400_000);
  const file = info.outputPath('chaos.json');
  const { code, said } = await run('--seconds', '18', '--seed', String(seed), '--json', file);
  expect(said).toContain('EVERYTHING HOLDS');
  expect(code).toBe(0);
  const { happened, counts } = JSON.parse(readFileSync(file, 'utf8'));
  // On a busy machine one or the other is just away, and a disk cannot be mounted everywhere.
  const done = happened.filter((fault: { missed: boolean }) => !fault.missed);
  expect(done.length).toBeGreaterThanOrEqual(4);
  expect(counts.written).toBeGreaterThan(100);
});

/** It hears when this process is gone, and leaves nothing behind. */
async function run(...words: string[]) {
  const child = fork('load/chaos/run.ts', words, { cwd: project, silent: true });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      said += chunk;
    });
  const [code] = await once(child, 'close');
  return { code, said };
}
