import type { Bubble } from './sim-shapes.ts';

/** A bubble with the reactions that stand on it: the newest of each side. */
export type Shown = Bubble & { reactions: { by: Bubble['direction']; emoji: string }[] };
export type Day = { key: string; at: string; bubbles: Shown[] };

/** What the phone shows, by days. `dayOf` names the calendar day of a moment. */
export function arrangeChat(bubbles: readonly Bubble[], dayOf: (at: string) => string): Day[] {
  const days: Day[] = [];
  for (const bubble of bubbles) {
    if (bubble.kind === 'reaction') continue;
    const key = dayOf(bubble.at);
    let day = days.at(-1);
    if (day?.key !== key) {
      day = { key, at: bubble.at, bubbles: [] };
      days.push(day);
    }
    day.bubbles.push({ ...bubble, reactions: reactionsTo(bubble.id, bubbles) });
  }
  return days;
}

/** An empty emoji takes a reaction back. */
function reactionsTo(id: string, bubbles: readonly Bubble[]): Shown['reactions'] {
  return (['in', 'out'] as const).flatMap((by) => {
    const newest = bubbles.findLast(
      ({ kind, reactsTo, direction }) => kind === 'reaction' && reactsTo === id && direction === by,
    );
    return newest && newest.text !== '' ? [{ by, emoji: newest.text }] : [];
  });
}
