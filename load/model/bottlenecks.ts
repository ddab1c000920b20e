import type { RunPoint } from './run.ts';

/** How full something was at a level, and the rate at which it would be full: no more can come out, whatever waits. */
export type Bottleneck = {
  readonly name: string;
  /** 1 is full. */
  readonly share: number;
  /** By the utilisation law: achieved ÷ share, a second. */
  readonly bound: number;
};

/** What was used at a level, the fullest first. */
export function bottlenecksAt({ achieved, resources = [] }: RunPoint): Bottleneck[] {
  return resources
    .filter(({ used, of }) => of > 0 && used > 0)
    .map(({ name, used, of }) => ({ name, share: used / of, bound: (achieved * of) / used }))
    .toSorted((a, b) => b.share - a.share);
}
