import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportAssumptions } from './assumptions.ts';
import { type Capacity, capacityOf, expectedLatency, headroom } from './capacity-of.ts';
import { inMessages } from './in-messages.ts';
import { type LatencyCurve, latencyAt } from './latency-curve.ts';
import { createRandom } from './random.ts';
import { type CapacityRun, capacityRun, type RunPoint } from './run.ts';

const shares = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98];

/** What levels up to the limit would show, with errors of so many per cent. */
function measured(curve: LatencyCurve, noise = 0, seed = 7): CapacityRun {
  const random = createRandom(seed);
  const points = shares.map((share): RunPoint => {
    const offered = share * curve.limit;
    const p95 = latencyAt(curve, offered) * (1 + noise * (2 * random() - 1));
    return {
      offered,
      achieved: offered,
      seconds: 10,
      p50: p95 / 3,
      p95,
      p99: p95 * 2,
      mean: p95 / 3,
      errorShare: 0,
    };
  });
  return runOf(points);
}

const runOf = (points: RunPoint[], more: object = {}) =>
  capacityRun.parse({
    scenario: 'breakpoint',
    unit: 'turn',
    points,
    surroundings: { at: '2026-11-28T00:00:00Z' },
    verdict: { state: 'valid', reasons: [] },
    ...more,
  });

function known(run: CapacityRun): Capacity {
  const capacity = capacityOf(run);
  if (!capacity) throw new Error('too few levels');
  return capacity;
}

const curves = fc.record({
  idle: fc.double({ min: 1, max: 40, noNaN: true }),
  slope: fc.double({ min: 0.5, max: 10, noNaN: true }),
  limit: fc.double({ min: 20, max: 20_000, noNaN: true }),
});

describe('a curve that is known', () => {
  test('is found again where nothing was measured wrong', () => {
    fc.assert(
      fc.property(curves, (curve) => {
        const { fit } = known(measured(curve));
        expect((fit?.curve.limit ?? 0) / curve.limit).toBeCloseTo(1, 2);
        expect((fit?.curve.idle ?? 0) / curve.idle).toBeCloseTo(1, 1);
      }),
      { numRuns: 25 },
    );
  });

  test('has its knee where one more costs more than on average, and that is in the interval', () => {
    const curve = { idle: 4, slope: 6.6, limit: 620 };
    const { knee } = known(measured(curve, 0.08));
    expect(knee?.low).toBeLessThan(520);
    expect(knee?.high).toBeGreaterThan(520);
    expect((knee?.high ?? 0) - (knee?.low ?? 0)).toBeLessThan(100);
  });

  test('has its limit as the ceiling by the scalability law, when one waits for each other', () => {
    const limit = 600;
    const points = shares.map((share): RunPoint => {
      const offered = share * limit;
      const mean = 1_000 / (limit - offered);
      return {
        offered,
        achieved: offered,
        seconds: 10,
        p50: mean,
        p95: 3 * mean,
        p99: 5 * mean,
        mean,
        errorShare: 0,
      };
    });
    expect(known(runOf(points)).ceilings.scalability).toBeCloseTo(limit, 3);
  });
});

test('nothing is sold that was not carried, and less is sold than the knee', () => {
  fc.assert(
    fc.property(
      curves,
      fc.integer({ min: 1, max: 1_000 }),
      fc.double({ min: 0, max: 0.4, noNaN: true }),
      (curve, seed, noise) => {
        const run = measured(curve, noise, seed);
        const capacity = known(run);
        const carried = Math.max(
          ...run.points.filter(({ p95 }) => p95 <= run.objectives.p95).map(({ achieved }) => achieved),
        );
        expect(capacity.sustainable.value).toBeCloseTo(headroom * (capacity.knee?.low ?? 0), 9);
        for (const { low, value, high } of [capacity.sustainable, capacity.peak]) {
          expect(low).toBeLessThanOrEqual(value);
          expect(value).toBeLessThanOrEqual(high);
          expect(high).toBeLessThanOrEqual(carried);
        }
        expect(capacity.sustainable.value).toBeLessThanOrEqual(capacity.peak.value);
      },
    ),
    { numRuns: 25 },
  );
});

test('counted in other units it is the same capacity', () => {
  const run = measured({ idle: 4, slope: 6.6, limit: 620 }, 0.1);
  const turns = known(run);
  const messages = known(inMessages(run, reportAssumptions));
  expect(messages.sustainable.value / turns.sustainable.value).toBeCloseTo(2, 6);
  expect(messages.peak.value / turns.peak.value).toBeCloseTo(2, 6);
});

test('the interval holds the truth about as often as it says', () => {
  const curve = { idle: 5, slope: 5, limit: 500 };
  const top = (curve.limit * 245) / 250;
  const truth = curve.limit - Math.sqrt(curve.limit * (curve.limit - top));
  const held = Array.from({ length: 60 }, (_, seed) => known(measured(curve, 0.15, seed + 1)).knee).filter(
    (knee) => knee && knee.low <= truth && truth <= knee.high,
  );
  expect(held.length).toBeGreaterThanOrEqual(51);
});

test('the same run says the same, and another seed nearly so', () => {
  const run = measured({ idle: 5, slope: 5, limit: 500 }, 0.1);
  expect(capacityOf(run)).toEqual(capacityOf(run));
  expect((capacityOf(run, 2)?.knee?.low ?? 0) / (capacityOf(run)?.knee?.low ?? 1)).toBeCloseTo(1, 1);
});

test('a level that broke something is not sold, and the limit lies below what did not come out', () => {
  const run = measured({ idle: 5, slope: 5, limit: 500 });
  const points = run.points.map((point) => (point.offered > 400 ? { ...point, errorShare: 0.02 } : point));
  expect(known(runOf(points)).peak.high).toBe(400);
  const beyond: RunPoint = {
    offered: 560,
    achieved: 480,
    seconds: 10,
    p50: 900,
    p95: 4_000,
    p99: 5_000,
    errorShare: 0,
  };
  expect(known(runOf([...run.points, beyond])).fit?.curve.limit).toBeLessThanOrEqual(560);
});

test('a stall below what was carried changes nothing', () => {
  const run = measured({ idle: 5, slope: 5, limit: 500 }, 0.1);
  const [, , , stalled] = run.points;
  if (!stalled) throw new Error('too few levels');
  expect(capacityOf(runOf([...run.points, { ...stalled, p95: 3_000 }]))).toEqual(capacityOf(run));
});

test('flat latencies promise no more than was carried', () => {
  const points = shares.map(
    (share): RunPoint => ({
      offered: 100 * share,
      achieved: 100 * share,
      seconds: 10,
      p50: 2,
      p95: 4,
      p99: 6,
      errorShare: 0,
    }),
  );
  const { sustainable, peak } = known(runOf(points));
  expect(peak.high).toBe(98);
  expect(sustainable.value).toBeLessThanOrEqual(headroom * 98);
});

test('the band around the curve opens towards the limit', () => {
  const { fit } = known(measured({ idle: 5, slope: 5, limit: 500 }, 0.1));
  if (!fit) throw new Error('nothing was fitted');
  const [calm, full] = [expectedLatency(fit, 100), expectedLatency(fit, 470)];
  expect(calm.low).toBeLessThanOrEqual(calm.value);
  expect(full.high - full.low).toBeGreaterThan(calm.high - calm.low);
});

test('four levels say nothing, unless somebody states what they mean', () => {
  const points = measured({ idle: 5, slope: 5, limit: 500 }).points.slice(0, 4);
  expect(capacityOf(runOf(points))).toBeUndefined();
  const stated = capacityOf(runOf([], { unit: 'call', stated: { sustainable: 50, peak: 90 } }));
  expect(stated).toMatchObject({
    basis: 'stated',
    sustainable: { value: 50 },
    peak: { value: 90, high: 90 },
  });
});

test('what was fullest at the highest level that was carried is the bottleneck', () => {
  const run = measured({ idle: 5, slope: 5, limit: 500 });
  const resources = [
    { name: 'worker', used: 0.4, of: 1 },
    { name: 'ingest', used: 0.98, of: 1 },
  ];
  const { bottlenecks, ceilings } = known(runOf(run.points.map((point) => ({ ...point, resources }))));
  expect(bottlenecks.map(({ name }) => name)).toEqual(['ingest', 'worker']);
  expect(ceilings.fullest).toBeCloseTo(490 / 0.98, 6);
});
