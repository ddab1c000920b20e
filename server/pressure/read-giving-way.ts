import { type GivesWay, holdFor, holdOn, whatGivesWay } from './pressure.ts';
import { readSigns } from './watch-pressure.ts';

const knownFor = 1_000;
const hold = holdOn(holdFor);
let known: { at: number; found: Promise<GivesWay[]> } | undefined;

/** What gives way, for who shows it to people: looked up when somebody asks, once a second at most. */
export function readGivingWay(now = performance.now()): Promise<GivesWay[]> {
  if (known && now - known.at < knownFor) return known.found;
  known = { at: now, found: readSigns().then((signs) => hold(whatGivesWay(signs), now)) };
  known.found.catch(() => {
    known = undefined;
  });
  return known.found;
}
