import { type Bottleneck, bottlenecksAt } from './bottlenecks.ts';
import { fitLatency } from './fit-latency.ts';
import { fitScalability, mostThroughput } from './fit-scalability.ts';
import { kneeOf, type LatencyCurve, latencyAt, rateAt } from './latency-curve.ts';
import { brokenObjectives } from './objectives.ts';
import { createRandom } from './random.ts';
import type { CapacityRun, RunPoint } from './run.ts';
import type { RunUnit } from './run-unit.ts';

/** A value and where it lies with a certainty of 95 %. */
export type Interval = { readonly value: number; readonly low: number; readonly high: number };

/** What an installation carries, by a run. Rates a second in its unit. */
export type Capacity = {
  readonly unit: RunUnit;
  /** `fitted` to a curve that was measured, or `stated` by whoever measured without publishing one. */
  readonly basis: 'fitted' | 'stated';
  /** What is sold: 70 % of the lower edge of the knee, and never more than was carried. */
  readonly sustainable: Interval;
  /** The most that keeps the objectives, and never more than was carried. */
  readonly peak: Interval;
  readonly knee: Interval | undefined;
  readonly fit: Fit | undefined;
  /** The most that could ever come out: by the scalability law, and by what was fullest. Infinite where nothing says so. */
  readonly ceilings: { readonly scalability: number; readonly fullest: number };
  /** Of the highest level that was carried, the fullest first. */
  readonly bottlenecks: readonly Bottleneck[];
};

export type Fit = {
  readonly curve: LatencyCurve;
  /** The same curve as other errors would have made it. */
  readonly others: readonly LatencyCurve[];
  /** The highest rate that was offered and kept every objective. */
  readonly carried: number;
};

/** Below the knee's lower edge there is this much room: what a peak hour's own peaks may use. */
export const headroom = 0.7;

const rounds = 400;
const fewest = 5;
/** Less than this of what was offered came out: the queue grew, and latency was that of a moment. */
const steady = 0.97;

/**
 * What a run says about capacity; undefined when it has fewer than five levels that held and states no rates.
 *
 * The intervals are a bootstrap of the fit's residuals with a seeded random. An analytic one would need errors of one
 * size and a curve that is nearly straight around its best fit: here they grow with latency, and the curve has a pole
 * that the limit may come near to. The residuals are relative, drawn again for the same rates (which were chosen, not
 * observed), and widened for the three parameters that were fitted.
 */
export function capacityOf(run: CapacityRun, seed = 1): Capacity | undefined {
  const isKept = (point: RunPoint) => brokenObjectives(point, run.objectives).length === 0;
  const held = run.points.filter(isSteady).toSorted((a, b) => a.offered - b.offered);
  const last = held.findLast(isKept);
  // What broke although more was carried was a disk that stalled.
  const levels = held.filter((point) => isKept(point) || point.offered > (last?.offered ?? 0));
  const bottlenecks = last ? bottlenecksAt(last) : [];
  const ceilings = {
    scalability: ceilingOf(levels),
    fullest: bottlenecks[0]?.bound ?? Number.POSITIVE_INFINITY,
  };
  if (levels.length < fewest || !last) {
    if (!run.stated) return undefined;
    const { sustainable, peak } = run.stated;
    const known = { basis: 'stated', unit: run.unit, knee: undefined, fit: undefined } as const;
    return { ...known, sustainable: exactly(sustainable), peak: exactly(peak), ceilings, bottlenecks };
  }
  const fit = fitRun(run, levels, last.offered, seed);
  const { carried } = fit;
  const most = run.objectives.p95;
  const knee = within(
    interval(fit, (curve) => kneeOf(curve, most)),
    carried,
  );
  return {
    unit: run.unit,
    basis: 'fitted',
    sustainable: exactly(headroom * knee.low),
    peak: within(
      interval(fit, (curve) => rateAt(curve, most)),
      carried,
    ),
    ...{ knee, fit, ceilings, bottlenecks },
  };
}

/** Milliseconds at a rate, with the band in which the curve lies. */
export const expectedLatency = (fit: Fit, rate: number): Interval =>
  interval(fit, (curve) => latencyAt(curve, rate));

const isSteady = ({ offered, achieved, p95, errorShare }: RunPoint) =>
  offered > 0 && p95 > 0 && achieved >= steady * offered && errorShare < 0.05;

function fitRun(run: CapacityRun, levels: readonly RunPoint[], carried: number, seed: number): Fit {
  const points = levels.map(({ offered, p95 }) => ({ rate: offered, latency: p95 }));
  const highest = points.at(-1)?.rate ?? 0;
  const failed = run.points.filter((point) => !isSteady(point) && point.offered > highest);
  const range = { above: highest, below: Math.min(highest * 4, ...failed.map(({ offered }) => offered)) };
  const curve = fitLatency(points, range);
  const scale = Math.sqrt(points.length / Math.max(1, points.length - 3));
  const errors = points.map(({ rate, latency }) => scale * Math.log(latency / latencyAt(curve, rate)));
  const random = createRandom(seed);
  const draw = () => errors[Math.floor(random() * errors.length)] ?? 0;
  const others = Array.from({ length: rounds }, () =>
    fitLatency(
      points.map(({ rate }) => ({ rate, latency: latencyAt(curve, rate) * Math.exp(draw()) })),
      range,
    ),
  );
  return { curve, others, carried };
}

/** By the scalability law, with what was in flight by Little's: rate × mean latency. */
function ceilingOf(levels: readonly RunPoint[]): number {
  const known = levels.flatMap(({ achieved, mean }) =>
    mean ? [{ inFlight: (achieved * mean) / 1_000, rate: achieved }] : [],
  );
  return known.length < fewest ? Number.POSITIVE_INFINITY : mostThroughput(fitScalability(known));
}

function interval({ curve, others }: Fit, of: (curve: LatencyCurve) => number): Interval {
  const sorted = Float64Array.from(others, of).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  const value = of(curve);
  return { value, low: Math.min(value, at(0.025)), high: Math.max(value, at(0.975)) };
}

const exactly = (value: number): Interval => ({ value, low: value, high: value });

const within = ({ value, low, high }: Interval, most: number): Interval => ({
  value: Math.min(value, most),
  low: Math.min(low, most),
  high: Math.min(high, most),
});
