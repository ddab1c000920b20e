import type { MachineSample } from '#load/machine/sample-machine.ts';

/**
 * `void`: the machine was not quiet, so the figures say nothing about the product. `invalid`: the product, or the load,
 * did something that makes them wrong.
 */
export type Verdict = {
  readonly state: 'valid' | 'void' | 'invalid';
  readonly reasons: readonly string[];
};

/** What a run is judged by. */
export type Facts = {
  /** What a quiet disk of this machine does at least. */
  readonly leastSyncs: number;
  readonly before: MachineSample;
  readonly after: MachineSample;
  /** Share of all cores that other programs used during the run; null where it cannot be known. */
  readonly others: number | null;
  /** Messages in requests that were answered 200, and in requests that were not. */
  readonly acknowledged: number;
  readonly unacknowledged: number;
  /** What is in the database; null when nobody said how to count. `distinct`: of them, different ones. */
  readonly rows: { readonly rows: number; readonly distinct: number | null } | null;
  readonly quarantined: number;
  /** What the scenario itself found wrong. */
  readonly faults: readonly string[];
};

const leastIdle = 0.8;
const mostOthers = 0.2;

/** Whether the figures of a run may be believed, and why not. */
export function judge(facts: Facts): Verdict {
  const wrong = [...rowFaults(facts), ...facts.faults];
  if (facts.acknowledged === 0) wrong.push('no request was answered 200');
  if (facts.quarantined > 0) wrong.push(`${facts.quarantined} parts went to quarantine`);
  if (wrong.length > 0) return { state: 'invalid', reasons: wrong };
  const unquiet = [
    ...unquietness(facts.before, facts.leastSyncs, 'before the run'),
    ...unquietness(facts.after, facts.leastSyncs, 'after the run'),
    ...((facts.others ?? 0) > mostOthers
      ? [
          `during the run other programs used ${percent(facts.others ?? 0)} of the machine (at most ${percent(mostOthers)})`,
        ]
      : []),
  ];
  return unquiet.length > 0 ? { state: 'void', reasons: unquiet } : { state: 'valid', reasons: [] };
}

/** Why a machine is not quiet enough to measure on. What cannot be known is no reason. */
export function unquietness(
  { syncsPerSecond, idle }: MachineSample,
  leastSyncs: number,
  when: string,
): string[] {
  return [
    ...(syncsPerSecond < leastSyncs
      ? [`${when} the disk did ${syncsPerSecond} fdatasync/s (at least ${leastSyncs})`]
      : []),
    ...(idle !== null && idle < leastIdle
      ? [`${when} the machine was ${percent(idle)} idle (at least ${percent(leastIdle)})`]
      : []),
  ];
}

/** What was acknowledged must be there, once; what was not may be there. */
function rowFaults({ rows, acknowledged, unacknowledged }: Facts): string[] {
  if (!rows) return [];
  const found = [];
  if (rows.rows < acknowledged)
    found.push(
      `${acknowledged - rows.rows} of ${acknowledged} acknowledged messages are not in the database`,
    );
  if (rows.rows > acknowledged + unacknowledged)
    found.push(`${rows.rows} rows for ${acknowledged + unacknowledged} messages`);
  if (rows.distinct !== null && rows.distinct < rows.rows)
    found.push(`${rows.rows - rows.distinct} rows are doubles`);
  return found;
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
