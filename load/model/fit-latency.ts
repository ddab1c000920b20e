import { type LatencyCurve, latencyAt } from './latency-curve.ts';

/** A level that was held: a rate a second, and milliseconds. */
export type LatencyPoint = { readonly rate: number; readonly latency: number };

const steps = 60;

/**
 * The curve that fits best, by relative errors: 10 % count the same at 5 ms and at 200. For a given limit, idle and slope
 * are a linear fit; the limit is looked for between `above` (no less was carried) and `below` (so much was not).
 */
export function fitLatency(
  points: readonly LatencyPoint[],
  { above, below }: { readonly above: number; readonly below: number },
): LatencyCurve {
  const span = Math.log(Math.max(below, above * 1.002) / above);
  const limitAt = (step: number) => above * Math.exp((span * step) / steps);
  let best = withLimit(points, limitAt(1));
  let bestStep = 1;
  for (let step = 2; step <= steps; step++) {
    const next = withLimit(points, limitAt(step));
    // Of two that fit as well, the lower limit: the one that promises less.
    if (next.error < best.error * (1 - 1e-9)) [best, bestStep] = [next, step];
  }
  let [low, high] = [Math.max(bestStep - 1, 0.01), Math.min(bestStep + 1, steps)];
  while (high - low > 1e-3) {
    const [left, right] = [low + (high - low) / 3, high - (high - low) / 3];
    if (withLimit(points, limitAt(left)).error <= withLimit(points, limitAt(right)).error) high = right;
    else low = left;
  }
  const refined = withLimit(points, limitAt((low + high) / 2));
  return (refined.error < best.error ? refined : best).curve;
}

/** Weighted least squares of two coefficients, neither of them negative. */
function withLimit(points: readonly LatencyPoint[], limit: number): { curve: LatencyCurve; error: number } {
  let [one, load, load2, latency, loadLatency] = [0, 0, 0, 0, 0];
  for (const point of points) {
    const weight = point.latency ** -2;
    const x = point.rate / (limit - point.rate);
    one += weight;
    load += weight * x;
    load2 += weight * x * x;
    latency += weight * point.latency;
    loadLatency += weight * x * point.latency;
  }
  const determinant = one * load2 - load * load;
  const slope = determinant > 0 ? (one * loadLatency - load * latency) / determinant : 0;
  const idle = (latency - slope * load) / one;
  const curve =
    slope <= 0
      ? { idle: latency / one, slope: 0, limit }
      : idle <= 0
        ? { idle: 0, slope: loadLatency / load2, limit }
        : { idle, slope, limit };
  const error = points.reduce(
    (sum, point) => sum + (latencyAt(curve, point.rate) / point.latency - 1) ** 2,
    0,
  );
  return { curve, error };
}
