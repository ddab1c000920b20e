/** Gunther's Universal Scalability Law for `n` in flight: n ÷ (1 ÷ pace + contention × n + crosstalk × n²). */
export type Scalability = {
  /** A second, for one alone. */
  readonly pace: number;
  /** Seconds that one makes each other wait, and each pair each other. */
  readonly contention: number;
  readonly crosstalk: number;
};

/** In flight on average (Little's law: rate × mean latency), and what came out a second. */
export type ScalabilityPoint = { readonly inFlight: number; readonly rate: number };

export const throughputAt = ({ pace, contention, crosstalk }: Scalability, inFlight: number): number =>
  inFlight / (1 / pace + contention * inFlight + crosstalk * inFlight ** 2);

/** The most that ever comes out a second, however many wait; infinite where nobody waits for anybody. */
export function mostThroughput({ pace, contention, crosstalk }: Scalability): number {
  const wait = contention + 2 * Math.sqrt(crosstalk / pace);
  return wait > 0 ? 1 / wait : Number.POSITIVE_INFINITY;
}

/**
 * In flight ÷ rate = 1 ÷ pace + contention × n + crosstalk × n², so a linear fit by relative errors in which no
 * coefficient is negative: the best of those that leave contention, crosstalk or both out. An open system has fewer than
 * one in flight when it is idle, so n stands where the law for closed ones has n − 1.
 */
export function fitScalability(points: readonly ScalabilityPoint[]): Scalability {
  const rows = points.map(({ inFlight, rate }) => ({
    time: inFlight / rate,
    powers: [1, inFlight, inFlight ** 2],
  }));
  const candidates = [[0], [0, 1], [0, 2], [0, 1, 2]].flatMap((used) => {
    const found = leastSquares(rows, used);
    if (found?.some((value) => !(value >= 0)) ?? true) return [];
    const all = [0, 1, 2].map((power) => found?.[used.indexOf(power)] ?? 0);
    const error = rows.reduce(
      (sum, { time, powers }) =>
        sum + (powers.reduce((total, power, index) => total + power * (all[index] ?? 0), 0) / time - 1) ** 2,
      0,
    );
    return [{ all, error, used: used.length }];
  });
  // More coefficients only where they explain more.
  const [best] = candidates.toSorted((a, b) => a.error - b.error || a.used - b.used);
  const [base = 0, contention = 0, crosstalk = 0] = best?.all ?? [];
  return { pace: 1 / base, contention, crosstalk };
}

type Row = { readonly time: number; readonly powers: readonly number[] };

/** Solves the normal equations of the chosen columns by elimination. */
function leastSquares(rows: readonly Row[], used: readonly number[]): number[] | undefined {
  const matrix = used.map((row) => [
    ...used.map((column) => sum(rows, (one) => (one.powers[row] ?? 0) * (one.powers[column] ?? 0))),
    sum(rows, (one) => (one.powers[row] ?? 0) * one.time),
  ]);
  for (let pivot = 0; pivot < used.length; pivot++) {
    const top = matrix[pivot];
    const head = top?.[pivot];
    if (!top || !head || !Number.isFinite(head)) return undefined;
    for (const [index, line] of matrix.entries()) {
      if (index === pivot) continue;
      const factor = (line[pivot] ?? 0) / head;
      for (let column = pivot; column <= used.length; column++)
        line[column] = (line[column] ?? 0) - factor * (top[column] ?? 0);
    }
  }
  return matrix.map((line, index) => (line[used.length] ?? 0) / (line[index] ?? 1));
}

const sum = (rows: readonly Row[], of: (row: Row) => number) =>
  rows.reduce((total, row) => total + of(row) / row.time ** 2, 0);
