import type { ConversationView } from '#components/trpc/types.ts';

/** The 24 hours after the lead last wrote, in which WhatsApp allows free replies. */
export type MessageWindow =
  | { state: 'open'; closesAt: Date; left: number }
  | { state: 'closed'; closedAt: Date }
  | { state: 'never' };

type Writable = Pick<ConversationView, 'holder' | 'windowClosesAt'>;

/** `soon`: the list warns below four hours. */
const soon = 4 * 3_600_000;

export function windowAt(closesAt: string | null, now: Date): MessageWindow {
  if (closesAt === null) return { state: 'never' };
  const end = new Date(closesAt);
  const left = end.getTime() - now.getTime();
  return left > 0 ? { state: 'open', closesAt: end, left } : { state: 'closed', closedAt: end };
}

/** Whether this member can write now: within the window, unless a colleague answers. */
export function mayWrite({ holder, windowClosesAt }: Writable, now: Date): boolean {
  const colleague = holder.kind === 'member' && !holder.you;
  return !colleague && windowAt(windowClosesAt, now).state === 'open';
}

/** Milliseconds that are left, if they are few; null otherwise. */
export function closingSoon(closesAt: string | null, now: Date): number | null {
  const window = windowAt(closesAt, now);
  return window.state === 'open' && window.left < soon ? window.left : null;
}
