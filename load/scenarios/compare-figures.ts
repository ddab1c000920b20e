import type { Report } from './report.ts';
import type { Figure } from './scenario.ts';

/** One run of each side, one right after the other. */
export type Pair = { readonly a: Report; readonly b: Report };

export type Comparison = Omit<Figure, 'value'> & {
  /** Medians over the pairs. */
  readonly a: number;
  readonly b: number;
  readonly ratio: number;
  /** Pairs in which B was the better one. */
  readonly wins: number;
};

/** What the two sides have in common, figure by figure. */
export function compareFigures(pairs: readonly { a: FiguresOf; b: FiguresOf }[]): Comparison[] {
  const [one] = pairs;
  if (!one) return [];
  return one.a.figures.flatMap(({ name, unit, better }) => {
    const values = pairs.map(({ a, b }) => ({ a: figureOf(a, name), b: figureOf(b, name) }));
    if (values.some(({ a, b }) => a === undefined || b === undefined)) return [];
    const a = median(values.map((pair) => pair.a ?? 0));
    const b = median(values.map((pair) => pair.b ?? 0));
    const wins = values.filter((pair) => isBetter(better, pair.b ?? 0, pair.a ?? 0)).length;
    return [{ name, unit, better, a, b, ratio: b / a, wins }];
  });
}

type FiguresOf = Pick<Report, 'figures'>;

const figureOf = ({ figures }: FiguresOf, name: string) =>
  figures.find((figure) => figure.name === name)?.value;

const isBetter = (better: Figure['better'], one: number, other: number) =>
  better === 'more' ? one > other : one < other;

/** The middle one, or halfway between the middle two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? (upper + (sorted[middle - 1] ?? Number.NaN)) / 2 : upper;
}
