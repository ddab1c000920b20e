// npm run check: format and lint, types, floors, dead code, side by side. What is in order says so in one line.
import { globSync } from 'node:fs';
import { runProgram } from './program.mjs';

const began = performance.now();
const floors = globSync('{server,.ci}/**/floors.test.ts');
// types need what is generated: the Prisma client, and Next's types of the routes
const prepared = [await check('Prisma client', ['prisma/generate.ts'])];
prepared.push(await check('route types', ['node_modules/next/dist/bin/next', 'typegen']));

const checks = await Promise.all([
  check('format and lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings']),
  check('types', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.']),
  check('dead code', ['node_modules/knip/bin/knip.js']),
  ...(floors.length > 0 ? [check('floors', ['node_modules/vitest/vitest.mjs', 'run', ...floors])] : []),
]);
const failed = [...prepared, ...checks].filter((ok) => !ok).length;
const took = ((performance.now() - began) / 1000).toFixed(1);
console.log(
  failed === 0 ? `\nAll in order (${took} s).` : `\n${failed} of the checks found something (${took} s).`,
);
process.exit(failed === 0 ? 0 : 1);

async function check(name, args) {
  const { ok, output, seconds } = await runProgram(args, {
    quiet: true,
    env: { NEXT_TELEMETRY_DISABLED: '1' },
  });
  console.log(ok ? `✓ ${name} (${seconds})` : `${output.trim()}\n✗ ${name} (${seconds})`);
  return ok;
}
