import { createRandom } from '#load/model/random.ts';
import { type Fault, type FaultKind, faultKinds, kindOf } from './faults.ts';

const firstAfter = 1_500;
const pause = { shortest: 2_000, longest: 4_000 };
/** A thing is left alone for so long after its fault, so that the next one hits it at work. */
const rest = 2_000;
/** Whoever supervises a process gives up when it ends six times within a minute. */
const mostEnds = { times: 4, within: 60_000 };
/** No fault takes more than this share of the run. */
const mostOfRun = 1 / 3;

/**
 * What happens when, in a run of so many seconds: the same for the same seed, on every machine. Kinds come like cards
 * from a shuffled deck, so that each has its turn; everything is over when the time is.
 */
export function planFaults(seed: number, seconds: number): Fault[] {
  const random = createRandom(seed);
  const between = (low: number, high: number) => Math.round(low + random() * (high - low));
  const end = seconds * 1_000;
  const plan: Fault[] = [];
  let deck: FaultKind[] = [];
  for (let at = firstAfter; at < end; at += between(pause.shortest, pause.longest)) {
    if (deck.length === 0) deck = shuffle(Object.keys(faultKinds) as FaultKind[], random);
    const index = deck.findIndex((kind) => isPossible(plan, kind, at, end));
    const [kind] = index < 0 ? [] : deck.splice(index, 1);
    if (kind === undefined) continue;
    const [shortest, longest] = kindOf(kind).lasts ?? [0, 0];
    const longestHere = Math.max(shortest, Math.min(longest, end - at, end * mostOfRun));
    plan.push({ at, lasts: between(shortest, longestHere), kind, pick: random() });
  }
  return plan;
}

function isPossible(plan: readonly Fault[], kind: FaultKind, at: number, end: number): boolean {
  const { on, lasts = [0], ends } = kindOf(kind);
  if (at + lasts[0] > end) return false;
  const last = plan.findLast((earlier) => kindOf(earlier.kind).on === on);
  if (last && at < last.at + last.lasts + rest) return false;
  const lately = plan.filter(
    (earlier) => kindOf(earlier.kind).ends === ends && at - earlier.at < mostEnds.within,
  );
  return ends === undefined || lately.length < mostEnds.times;
}

function shuffle<T>(cards: readonly T[], random: () => number): T[] {
  return cards
    .map((card) => ({ card, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ card }) => card);
}
