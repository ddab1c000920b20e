import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadFolder, sweepFolders } from '#load/house/start-house.ts';
import { openLiveLine } from '#load/report/live-line.ts';
import { describeReport } from '#load/scenarios/describe-report.ts';
import { readOptions, WrongUse } from '#load/scenarios/options.ts';
import { NotQuiet, runScenario } from '#load/scenarios/run-scenario.ts';
import { scenarios } from '#load/scenarios/scenarios.ts';

// npm run load -- <scenario> [options]; load/README.md explains them.
const stopping = new AbortController();
class Stopped extends Error {}
for (const wish of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const)
  process.on(wish, () => stopping.abort(new Stopped('Stopped.')));

try {
  const options = readOptions(process.argv.slice(2));
  const scenario = scenarios.find(({ name }) => name === options.scenario);
  if (!scenario)
    throw new WrongUse(
      `there is no scenario "${options.scenario}", only ${scenarios.map(({ name }) => name).join(', ')}`,
    );
  sweepFolders();
  const report = await runScenario(scenario, options, openLiveLine(process.stderr), stopping.signal);
  console.log(describeReport(report));
  const { state } = report.verdict;
  if (state !== 'void' || options.force) {
    const file =
      options.json ??
      path.join(loadFolder, `${report.surroundings.at.replaceAll(':', '-')}-${report.scenario}.json`);
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
    writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
    console.log(`  ${path.relative(process.cwd(), file)}`);
  }
  process.exitCode = state === 'valid' || (state === 'void' && options.force) ? 0 : 1;
} catch (error) {
  const isPlain = error instanceof WrongUse || error instanceof NotQuiet || error instanceof Stopped;
  console.error(isPlain ? error.message : error);
  process.exitCode = error instanceof WrongUse ? 2 : 1;
}
process.exit();
