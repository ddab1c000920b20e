import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadFolder, sweepFolders } from '#load/house/load-folder.ts';
import { Trouble } from '#load/house/trouble.ts';
import { commitOf, describeMachine } from '#load/machine/describe-machine.ts';
import { openLiveLine } from '#load/report/live-line.ts';
import { formatTable } from '#load/report/table.ts';
import { describeFindings } from './describe.ts';
import { unmountLeft } from './disk.ts';
import { type ChaosOptions, type ChaosResult, runChaos } from './run-chaos.ts';

// npm run chaos -- --seconds 60 --seed 1; load/README.md explains it.
const stopping = new AbortController();
for (const wish of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const)
  process.on(wish, () => stopping.abort(new Trouble('Stopped.')));
const live = openLiveLine(process.stderr);
const log: string[] = [];

try {
  const { options, json } = readWords();
  if (process.platform !== 'linux') throw new Trouble('Chaos needs Linux: it finds its victims in /proc.');
  unmountLeft(loadFolder);
  sweepFolders();
  const at = new Date();
  const result = await runChaos(options, live, say, stopping.signal);
  console.log(inWords(result));
  const file =
    json ?? path.join(loadFolder, `${at.toISOString().replaceAll(':', '-')}-chaos-${options.seed}.json`);
  const surroundings = { ...describeMachine(at), commit: commitOf(process.cwd()) };
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ options, surroundings, ...result, log }, null, 2)}\n`);
  console.log(`  ${path.relative(process.cwd(), file)}`);
  process.exitCode = result.findings.every(({ broken }) => broken.length === 0) ? 0 : 1;
} catch (error) {
  live.clear();
  console.error(error instanceof Trouble ? error.message : error);
  process.exitCode = 1;
}
process.exit();

function say(line: string) {
  live.clear();
  console.log(line);
  log.push(line);
}

function readWords(): { options: ChaosOptions; json: string | undefined } {
  const text = { type: 'string' } as const;
  const { values } = parse({
    ...{ seconds: text, seed: text, rate: text, people: text, port: text, json: text },
    keep: { type: 'boolean' },
  });
  const number = (name: string, given: unknown, fallback: number, least: number) => {
    const value = given === undefined ? fallback : Number(given);
    if (!Number.isInteger(value) || value < least)
      throw new Trouble(`--${name} is a whole number from ${least} on`);
    return value;
  };
  return {
    json: values['json'] as string | undefined,
    options: {
      seconds: number('seconds', values['seconds'], 60, 5),
      seed: number('seed', values['seed'], 1, 0),
      rate: number('rate', values['rate'], 30, 1),
      people: number('people', values['people'], 200, 1),
      port: values['port'] === undefined ? undefined : number('port', values['port'], 0, 1),
      keep: values['keep'] === true,
    },
  };
}

function parse(options: NonNullable<Parameters<typeof parseArgs>[0]>['options']) {
  try {
    return parseArgs({ options: options ?? {} });
  } catch (error) {
    throw new Trouble(error instanceof Error ? error.message : String(error));
  }
}

function inWords({ counts, endings, memory, took, findings }: ChaosResult): string {
  const ends = Object.entries(endings).map(([ending, count]) => [`answered ${ending}`, `${count}`]);
  const broken = findings.filter((one) => one.broken.length > 0).length;
  return [
    '',
    formatTable([
      ...Object.entries(counts).map(([what, count]) => [what, `${count}`]),
      ...ends,
      ...Object.entries(memory).map(([role, megabytes]) => [`memory of ${role}`, `${megabytes} MB`]),
      ['settled after', `${took.settling.toFixed(1)} s`],
    ]),
    '',
    describeFindings(findings),
    '',
    broken === 0 ? '  EVERYTHING HOLDS' : `  ${broken} INVARIANTS ARE BROKEN`,
    '',
  ].join('\n');
}
