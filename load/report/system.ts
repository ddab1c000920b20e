import type { Assumptions } from '#load/model/assumptions.ts';
import { type Capacity, capacityOf } from '#load/model/capacity-of.ts';
import { perMessage } from '#load/model/run-unit.ts';
import type { StoredRun } from './read-runs.ts';

/** Something that was measured, and the run that says what it carries. */
export type System = {
  readonly runs: readonly StoredRun[];
  /** The newest valid run with enough levels, or stated rates. */
  readonly basis: StoredRun;
  /** In the unit of that run, a second. */
  readonly capacity: Capacity;
  /** How many of its unit one message costs. */
  readonly costs: number;
  /** What `capacity` counts, in plural. */
  readonly counted: 'calls' | 'turns' | 'messages';
};

/** Undefined where none of the runs says what is carried. */
export function systemOf(runs: readonly StoredRun[], assumptions: Assumptions): System | undefined {
  const known = runs
    .filter(({ run }) => run.verdict.state === 'valid')
    .flatMap((basis) => {
      const capacity = capacityOf(basis.run);
      return capacity ? [{ basis, capacity }] : [];
    })
    .toSorted((a, b) => Date.parse(b.basis.run.surroundings.at) - Date.parse(a.basis.run.surroundings.at));
  const [newest] = known;
  if (!newest) return undefined;
  const { unit } = newest.basis.run;
  return { ...newest, runs, costs: perMessage(unit, assumptions), counted: `${unit}s` };
}

/** What is sold and rated by: the sustainable rate, or the peak on request. */
export type Sell = 'sustainable' | 'peak';
export const rates = ['sustainable', 'peak'] as const;
