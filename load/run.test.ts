import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { capacityRun } from '#load/model/run.ts';

const run = promisify(execFile);
const load = (...words: string[]) => run(process.execPath, ['load/run.ts', ...words], { timeout: 240_000 });

test('a short run of ingest starts a product, counts what it stored, and leaves nothing', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'run.json');
  const words = ['--seconds', '2', '--warmup', '0', '--connections', '16', '--timeout', '60'];
  const { stdout } = await load('ingest', ...words, '--patience', '0', '--force', '--json', file);
  const report = JSON.parse(readFileSync(file, 'utf8'));
  expect(report.rows.rows).toBe(report.acknowledged);
  expect(report.acknowledged).toBeGreaterThan(0);
  expect(report.unacknowledged).toBe(0);
  expect(report.commits).toMatchObject([{ committer: 'ingest' }]);
  expect(capacityRun.parse(report)).toMatchObject({
    ...{ scenario: 'ingest', unit: 'message', points: [] },
    tests: [{ name: 'ingest', requests: report.acknowledged, errorShare: 0 }],
  });
  expect(stdout).toContain('rows in the database');
}, 250_000);

test('a report is written where it shall be', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await load('report', '--to', folder);
  for (const name of ['load-test-analysis.md', 'load-test-analysis.html'])
    expect(readFileSync(path.join(folder, name), 'utf8')).toBe(readFileSync(`docs/${name}`, 'utf8'));
});

test.each([
  [['ingest', '--target', 'http://192.0.2.1/'], '192.0.2.1 is not this machine'],
  [['harvest'], 'there is no scenario "harvest"'],
  [['peer'], 'peer needs --target URL'],
  [['import', '--patience', '3'], "Unknown option '--patience'"],
])('%j is refused in one line', async (words, why) => {
  const { code, stderr } = await load(...words).catch((error) => error);
  expect(code).toBe(2);
  expect(stderr).toContain(why);
});
