// npm test: unit and database tests, then the journeys in a browser. npm test -- <words>: only the former, filtered.
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { countTests, readPlaywright, readVitest } from './counts.mjs';
import { runProgram } from './program.mjs';

const words = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), 'parley-test-'));
const times = [];
const sum = { passed: 0, failed: 0 };
const flaky = [];
const broken = [];

const generated = await run('Prisma client', ['prisma/generate.ts']);
if (!generated) sum.failed += 1;
else {
  await runVitest();
  if (words.length === 0) await runJourneys();
}
rmSync(folder, { recursive: true, force: true });
console.log(`\n${times.join(' · ')}\n`);
if (flaky.length > 0) console.log(`${flaky.length} flaky, passed at the second try only:`);
for (const journey of flaky) console.log(`  ${journey}`);
if (broken.length > 0) console.log('Failed:');
for (const test of broken) console.log(`  ${test}`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exit(sum.failed === 0 && sum.passed > 0 ? 0 : 1);

async function runVitest() {
  const file = path.join(folder, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const ok = await run('tests', ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...words]);
  add(countTests(file, ok, readVitest));
}

async function runJourneys() {
  const config = ['e2e/playwright.config.ts', 'playwright.config.ts'].find((place) => existsSync(place));
  if (!config && globSync('e2e/**/*.e2e.ts').length === 0) return;
  if (!(await run('browser', ['e2e/install-browser.ts']))) {
    sum.failed += 1;
    return;
  }
  const file = path.join(folder, 'playwright.json');
  const args = ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'];
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const ok = await run('journeys', config ? [...args, '-c', config] : args, env);
  add(countTests(file, ok, readPlaywright));
}

async function run(name, args, env) {
  // Whole processes are started by the dozen: what one has compiled the next ones need not.
  const compiled = { NODE_COMPILE_CACHE: path.join(folder, 'compiled') };
  const { ok, seconds } = await runProgram(args, { env: { ...compiled, ...env } });
  times.push(`${name} ${seconds}${ok ? '' : ' (failed)'}`);
  return ok;
}

function add(counts) {
  sum.passed += counts.passed;
  sum.failed += counts.failed;
  flaky.push(...(counts.flaky ?? []));
  broken.push(...(counts.broken ?? []));
}
