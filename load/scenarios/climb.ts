/** What a level of load came to, as far as climbing goes. */
type Level = { readonly offered: number; readonly isKept: boolean };

const step = 4 / 3;
const between = [0.25, 0.5, 0.75];

const attempts = 3;

/**
 * Rises by a third a level until one breaks thrice in a row, then looks three times between the last that held and the
 * one that broke, so that there are levels where the curve bends. Answers every level, ascending. Once broken is taken
 * for a disk that stalled; all tries count as levels.
 *
 * @param first rate a second of the first level
 * @param most levels on the way up
 */
export async function climb<L extends Level>(
  first: number,
  most: number,
  playLevel: (rate: number) => Promise<L>,
): Promise<L[]> {
  const levels: L[] = [];
  async function holds(rate: number): Promise<boolean> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const level = await playLevel(rate);
      levels.push(level);
      if (level.isKept) return true;
    }
    return false;
  }
  let rate = first;
  for (let count = 0; count < most; count += 1, rate *= step) {
    if (await holds(rate)) continue;
    const held = rate / step;
    if (count > 0) for (const share of between) if (!(await holds(held + share * (rate - held)))) break;
    break;
  }
  return levels.toSorted((a, b) => a.offered - b.offered);
}
