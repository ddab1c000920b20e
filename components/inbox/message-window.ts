/** The 24 hours after the lead last wrote, in which WhatsApp allows free replies. */
export type MessageWindow =
  | { state: 'open'; closesAt: Date; left: number }
  | { state: 'closed'; closedAt: Date }
  | { state: 'never' };

/** `soon`: the list warns below four hours. */
const soon = 4 * 3_600_000;

export function windowAt(closesAt: string | null, now: Date): MessageWindow {
  if (closesAt === null) return { state: 'never' };
  const end = new Date(closesAt);
  const left = end.getTime() - now.getTime();
  return left > 0 ? { state: 'open', closesAt: end, left } : { state: 'closed', closedAt: end };
}

/** Milliseconds that are left, if they are few; null otherwise. */
export function closingSoon(closesAt: string | null, now: Date): number | null {
  const window = windowAt(closesAt, now);
  return window.state === 'open' && window.left < soon ? window.left : null;
}
