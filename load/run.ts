import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadFolder, sweepFolders } from '#load/house/load-folder.ts';
import { Trouble } from '#load/house/trouble.ts';
import { readImportOptions } from '#load/imports/options.ts';
import { runGently } from '#load/imports/run-gently.ts';
import { runImports } from '#load/imports/run-imports.ts';
import { readPlansOptions } from '#load/plans/options.ts';
import { runCapacityPage } from '#load/plans/run-capacity-page.ts';
import { runPlans } from '#load/plans/run-plans.ts';
import { openLiveLine } from '#load/report/live-line.ts';
import { runAnalysis } from '#load/report/run-analysis.ts';
import { compare, readComparison } from '#load/scenarios/compare.ts';
import { describeComparison } from '#load/scenarios/describe-comparison.ts';
import { describeReport } from '#load/scenarios/describe-report.ts';
import { help } from '#load/scenarios/help.ts';
import { readOptions, WrongUse } from '#load/scenarios/options.ts';
import { NotQuiet, runScenario } from '#load/scenarios/run-scenario.ts';
import { findScenario } from '#load/scenarios/scenarios.ts';

class Stopped extends Trouble {}

// npm run load -- <scenario> [options]; load/README.md explains them.
const words = process.argv.slice(2);
const stopping = new AbortController();
for (const wish of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const)
  process.on(wish, () => stopping.abort(new Stopped('Stopped.')));
const live = openLiveLine(process.stderr);

try {
  if (words.includes('--help')) console.log(help());
  else {
    sweepFolders();
    const others = {
      ...{ compare: runComparison, plans: explainLists, import: importLists, report: writeReport },
      'capacity-page': timeCapacityPage,
    };
    const [, run = runOne] = Object.entries(others).find(([name]) => name === words[0]) ?? [];
    process.exitCode = await run();
  }
} catch (error) {
  live.clear();
  process.exitCode = report(error);
}
process.exit();

async function runOne(): Promise<number> {
  const options = readOptions(words);
  const scenario = findScenario(options.scenario);
  try {
    const result = await runScenario(scenario, options, live, stopping.signal);
    const { state, reasons } = result.verdict;
    console.log(describeReport(result));
    if (state !== 'void' || options.force) keep(result, scenario.name, options.json);
    else if (options.json) keep(withoutFigures(scenario.name, reasons), scenario.name, options.json);
    return state === 'valid' || (state === 'void' && options.force) ? 0 : 1;
  } catch (error) {
    if (error instanceof NotQuiet && options.json)
      keep(withoutFigures(scenario.name, error.reasons), scenario.name, options.json);
    throw error;
  }
}

async function runComparison(): Promise<number> {
  const plan = readComparison(words.slice(1));
  const compared = await compare(plan, live, stopping.signal, (line) => console.log(`  ${line}`));
  console.log(`${describeComparison(compared)}\n`);
  if (compared.isComplete) keep(compared, 'compare', plan.json);
  return compared.isComplete ? 0 : 1;
}

async function explainLists(): Promise<number> {
  const options = readPlansOptions(words.slice(1));
  const result = await runPlans(options, live.show, stopping.signal);
  live.clear();
  console.table(result.timings);
  keep(result, 'plans', options.json);
  return 0;
}

async function writeReport(): Promise<number> {
  const { values } = parseArgs({
    args: words.slice(1),
    options: { from: { type: 'string' }, to: { type: 'string' } },
  });
  for (const file of runAnalysis(values.from ?? 'load/results', values.to ?? 'docs')) console.log(file);
  return 0;
}

async function importLists(): Promise<number> {
  const options = readImportOptions(words.slice(1));
  const result = await (options.pace === 'full' ? runImports : runGently)(
    options,
    live.show,
    stopping.signal,
  );
  live.clear();
  console.dir(result, { depth: 3 });
  keep(result, 'import', options.json);
  return 0;
}

async function timeCapacityPage(): Promise<number> {
  const { values } = parseArgs({ args: words.slice(1), options: { json: { type: 'string' } } });
  const result = await runCapacityPage(live.show, stopping.signal);
  live.clear();
  console.table(result.timings);
  keep(result, 'capacity-page', values.json);
  return result.verdict.state === 'valid' ? 0 : 1;
}

/** Of a void run only why it is void: figures that say nothing shall not be found again. */
function withoutFigures(scenario: string, reasons: readonly string[]) {
  return { scenario, verdict: { state: 'void', reasons } };
}

/** As JSON, where it was asked for or beside the others. */
function keep(result: object, name: string, asked: string | undefined) {
  const file =
    asked ?? path.join(loadFolder, `${new Date().toISOString().replaceAll(':', '-')}-${name}.json`);
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`  ${path.relative(process.cwd(), file)}`);
}

function report(error: unknown): number {
  if (error instanceof WrongUse || isWrongFlag(error)) {
    console.error(`${error.message}\n\n${help()}`);
    return 2;
  }
  console.error(error instanceof Trouble ? error.message : error);
  return 1;
}

/** What `parseArgs` says of an option that it does not know. */
function isWrongFlag(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
