type WithId = { id: string };

/** How far the list must scroll so that what is in sight stays where it was. At the top it stays at the top. */
export function shiftOf(
  before: readonly WithId[],
  after: readonly WithId[],
  scrollTop: number,
  height: number,
): number {
  if (scrollTop < height / 2) return 0;
  const places = new Map(after.map((row, index) => [row.id, index]));
  const first = Math.floor(scrollTop / height);
  const moves = before.slice(first, first + 5).flatMap((row, offset) => {
    const now = places.get(row.id);
    return now === undefined ? [] : [now - (first + offset)];
  });
  // The middle one: a row that jumped to the top because it has news is not what is being read.
  const move = moves.toSorted((a, b) => a - b)[Math.floor(moves.length / 2)] ?? 0;
  return move * height;
}
