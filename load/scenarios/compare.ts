import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { LiveLine } from '#load/report/live-line.ts';
import { formatNumber } from '#load/report/table.ts';
import { type Comparison, compareFigures, type Pair } from './compare-figures.ts';
import { type Options, readOptions, WrongUse } from './options.ts';
import type { Report } from './report.ts';
import { NotQuiet, runScenario } from './run-scenario.ts';
import { findScenario } from './scenarios.ts';
import { splitWords } from './split-words.ts';

/** Two sides, each as it would be run alone, and how often. */
export type ComparePlan = {
  readonly sides: readonly [Side, Side];
  readonly pairs: number;
  readonly json: string | undefined;
};
type Side = { readonly words: string; readonly options: Options };

export type Compared = {
  readonly sides: readonly [string, string];
  readonly figures: readonly Comparison[];
  readonly pairs: readonly Pair[];
  /** Runs that were thrown away, and why. */
  readonly spoiled: readonly string[];
  readonly isComplete: boolean;
};

const text = { type: 'string' } as const;
const shape = { pairs: text, json: text, patience: text, force: { type: 'boolean' } } as const;

/**
 * Reads what stands behind `compare`: two sides in quotes, each as it would stand behind `npm run load --`. One that
 * begins with an option is the other with that option: `compare "ingest" "--commit HEAD~1"`. Throws `WrongUse`.
 */
export function readComparison(words: readonly string[]): ComparePlan {
  const [a, b, ...rest] = words;
  if (a === undefined || b === undefined || a.startsWith('-'))
    throw new WrongUse('compare takes two sides, each in quotes: compare "ingest" "--commit HEAD~1"');
  const own = parse(rest);
  const first = splitWords(a);
  const given = splitWords(b);
  const second = given[0]?.startsWith('-') ? [...first, ...given] : given;
  const common = [
    ...(own.force ? ['--force'] : []),
    ...(own.patience === undefined ? [] : ['--patience', own.patience]),
  ];
  const side = (of: readonly string[]): Side => ({
    words: of.join(' '),
    options: readOptions([...of, ...common]),
  });
  const pairs = Number(own.pairs ?? 3);
  if (!Number.isInteger(pairs) || pairs < 3) throw new WrongUse('--pairs is 3 at least');
  return { sides: [side(first), side(second)], pairs, json: own.json };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: shape }).values;
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
}

/** Runs both sides by turns, the second first in every other pair, until enough pairs are undisturbed. */
export async function compare(
  { sides, pairs: wanted }: ComparePlan,
  live: LiveLine,
  stopped: AbortSignal,
  tell: (line: string) => void,
): Promise<Compared> {
  const pairs: Pair[] = [];
  const spoiled: string[] = [];
  for (let tries = 0; pairs.length < wanted && tries < 3 * wanted; tries += 1) {
    const reports: [Report | undefined, Report | undefined] = [undefined, undefined];
    for (const index of pairs.length % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const outcome = await attempt(sides[index].options, live, stopped);
      const name = `pair ${pairs.length + 1}, ${index === 0 ? 'A' : 'B'}`;
      if (typeof outcome === 'string') {
        spoiled.push(outcome);
        tell(`${name}: spoiled, ${outcome}`);
        break;
      }
      reports[index] = outcome;
      tell(`${name}: ${inShort(outcome)}`);
    }
    const [a, b] = reports;
    if (a && b) pairs.push({ a, b });
    else await sleep(5_000, undefined, { signal: stopped });
  }
  return {
    sides: [sides[0].words, sides[1].words],
    figures: compareFigures(pairs),
    ...{ pairs, spoiled },
    isComplete: pairs.length === wanted,
  };
}

/** A run that counts, or why it does not. */
async function attempt(options: Options, live: LiveLine, stopped: AbortSignal): Promise<Report | string> {
  try {
    const report = await runScenario(findScenario(options.scenario), options, live, stopped);
    const { state, reasons } = report.verdict;
    return state === 'valid' || (state === 'void' && options.force)
      ? report
      : `${state}: ${reasons.join('; ')}`;
  } catch (error) {
    if (error instanceof NotQuiet) return error.reasons.join('; ');
    throw error;
  }
}

const inShort = ({ figures, verdict }: Report) =>
  [
    ...figures.slice(0, 4).map(({ name, value, unit }) => `${name} ${formatNumber(value)} ${unit}`.trim()),
    verdict.state,
  ].join(', ');
