/**
 * Latency against offered load, of a queue before a server that takes `limit` a second: `idle + slope × ρ ÷ (1 − ρ)`
 * with ρ = rate ÷ limit. Exact in its form for one server with random arrivals, and the shape of most others.
 */
export type LatencyCurve = {
  /** Milliseconds without load, and by how much waiting adds to them. */
  readonly idle: number;
  readonly slope: number;
  /** Rate at which the queue grows without end. */
  readonly limit: number;
};

/** Milliseconds at a rate; infinite from the limit on. */
export function latencyAt({ idle, slope, limit }: LatencyCurve, rate: number): number {
  return rate < limit ? idle + (slope * rate) / (limit - rate) : Number.POSITIVE_INFINITY;
}

/** The rate at which so many milliseconds are reached: the limit where waiting adds nothing, 0 when idle is too slow. */
export function rateAt({ idle, slope, limit }: LatencyCurve, latency: number): number {
  const room = latency - idle;
  if (room <= 0) return 0;
  return (limit * room) / (slope + room);
}

/**
 * The knee: on the way from idle to the latency that is promised, the rate from which on one more a second costs more
 * than it does on average. Both axes are taken as shares of that way, so that it does not depend on how a chart is
 * drawn. From latency′(rate) = (most − idle) ÷ top follows rate = limit − √(limit × (limit − top)).
 */
export function kneeOf(curve: LatencyCurve, mostLatency: number): number {
  const top = rateAt(curve, mostLatency);
  return curve.limit - Math.sqrt(curve.limit * (curve.limit - top));
}
