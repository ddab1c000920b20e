import { createRandom } from '#load/model/random.ts';

/** A stretch of a plan, in which the rate goes evenly from one to the other. Arrivals per second. */
export type Stage = { readonly seconds: number; readonly from: number; readonly to: number };

/**
 * When whom arrives: a Poisson process along the stages, as people write who know nothing of each other. Milliseconds
 * since the start, ascending; the same for the same seed.
 */
export function planArrivals(stages: readonly Stage[], seed: number): Float64Array {
  const random = createRandom(seed);
  const moments: number[] = [];
  // An arrival is due whenever the rate, summed up over the time, has grown by an exponential step.
  let due = exponential(random);
  let summed = 0;
  let began = 0;
  for (const stage of stages) {
    const grows = expectedIn(stage);
    for (; due < summed + grows; due += exponential(random))
      moments.push((began + momentIn(stage, due - summed)) * 1000);
    summed += grows;
    began += stage.seconds;
  }
  return Float64Array.from(moments);
}

const expectedIn = ({ seconds, from, to }: Stage) => ((from + to) / 2) * seconds;

/** The seconds into a stage at which so many arrivals are due: from·t + (to − from)/(2·seconds)·t² = summed, for t. */
function momentIn({ seconds, from, to }: Stage, summed: number): number {
  const slope = (to - from) / seconds;
  if (slope === 0) return summed / from;
  return (2 * summed) / (from + Math.sqrt(Math.max(0, from * from + 2 * slope * summed)));
}

const exponential = (random: () => number) => -Math.log(1 - random());
