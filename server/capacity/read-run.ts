import { capacityOf } from '#load/model/capacity-of.ts';
import { brokenObjectives } from '#load/model/objectives.ts';
import { type CapacityRun, capacityRun } from '#load/model/run.ts';
import { Refusal } from '#server/refusal.ts';

/** A file of load/results as a run, if it is one that says something about capacity. Throws Refusal. */
export function readRun(text: string): CapacityRun {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new Refusal('bad-input', 'no-json', 'This is no JSON. Choose a file that a load test wrote.');
  }
  const read = capacityRun.safeParse(given);
  if (!read.success) {
    const { path = [], message = '' } = read.error.issues[0] ?? {};
    const place = path.length > 0 ? ` (${path.join('.')}: ${message})` : '';
    throw new Refusal(
      'bad-input',
      'no-run',
      `This is JSON, but no run of a load test${place}. Choose a file that npm run load wrote.`,
    );
  }
  if (!saysSomething(read.data))
    throw new Refusal(
      'bad-input',
      'no-curve',
      'This run has no levels, so it says nothing about capacity. A breakpoint run has them.',
    );
  return read.data;
}

export const saysSomething = ({ points, stated }: CapacityRun): boolean => points.length > 0 || !!stated;

/** Why capacity cannot be sold by this run, in words; undefined where it can. */
export function whyNotSoldBy(run: CapacityRun): string | undefined {
  const { state, reasons } = run.verdict;
  if (state !== 'valid')
    return `It is ${state}: ${reasons.join('; ') || 'no reason was noted'}. Measure again on a quiet machine.`;
  if (run.unit === 'call') return 'It was measured on the system that Parley replaced.';
  if (!capacityOf(run)) return 'It has fewer than five levels that held, too few for a curve.';
  return undefined;
}

/** A run in one line of a list; rates in its unit a second. */
export function lineOf(run: CapacityRun) {
  const { scenario, unit, points, objectives, stated, verdict, surroundings } = run;
  const carried = points.filter((point) => brokenObjectives(point, objectives).length === 0);
  const highest = carried.reduce<(typeof carried)[number] | undefined>(
    (most, point) => (most && most.offered >= point.offered ? most : point),
    undefined,
  );
  return {
    ...{ scenario, unit, verdict, surroundings },
    levels: points.length,
    seconds: points.reduce((sum, point) => sum + point.seconds, 0),
    /** The highest rate that kept every objective. */
    carried: highest?.offered ?? stated?.peak ?? null,
    p95: highest?.p95 ?? null,
    lost: points.reduce((sum, point) => sum + (point.lost ?? 0), 0),
  };
}
