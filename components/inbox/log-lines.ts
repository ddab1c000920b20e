import type { EventItem, MessageItem, ThreadItem } from '#components/trpc/types.ts';
import { dayKey } from '#components/ui/time-words.ts';

/** What the log shows, line by line. */
export type LogLine =
  | { type: 'day'; key: string; at: string }
  | { type: 'new'; key: string }
  | { type: 'event'; key: string; item: EventItem }
  | { type: 'message'; key: string; item: MessageItem; first: boolean };

/** Bubbles of one author so close in time form a group: the author is named once and they stand closer. */
const groupWithin = 5 * 60_000;

/** Oldest first, as it came; `newFrom` is the id of the first message that the reader has not seen. */
export function logLines(items: readonly ThreadItem[], timeZone: string, newFrom: string | null): LogLine[] {
  const lines: LogLine[] = [];
  let day = '';
  let before: MessageItem | null = null;
  for (const item of items) {
    const itsDay = dayKey(new Date(item.at), timeZone);
    if (itsDay !== day) {
      lines.push({ type: 'day', key: `day ${itsDay} ${item.id}`, at: item.at });
      day = itsDay;
      before = null;
    }
    if (item.id === newFrom) {
      lines.push({ type: 'new', key: 'new' });
      before = null;
    }
    if (item.type === 'event') {
      lines.push({ type: 'event', key: item.id, item });
      before = null;
      continue;
    }
    lines.push({
      type: 'message',
      key: item.id,
      item,
      first: before === null || !belongTogether(before, item),
    });
    before = item;
  }
  return lines;
}

function belongTogether(a: MessageItem, b: MessageItem): boolean {
  const sameAuthor =
    a.direction === b.direction && a.author.kind === b.author.kind && a.author.name === b.author.name;
  return sameAuthor && Date.parse(b.at) - Date.parse(a.at) <= groupWithin;
}

/**
 * The message at which "New" stands: as many of the lead's from the end as are unread. Null when nothing is, or when it
 * is further back than what is loaded (`complete` says that there is no more).
 */
export function firstUnread(items: readonly ThreadItem[], unread: number, complete: boolean): string | null {
  const said = items.filter(isNews);
  if (unread <= 0 || (said.length < unread && !complete)) return null;
  return said[Math.max(0, said.length - unread)]?.id ?? null;
}

/** What the lead said, as opposed to what we did and to signs about other messages: it is what one counts as new. */
export function isNews(item: ThreadItem): boolean {
  return item.type === 'message' && item.direction === 'inbound' && !item.passive;
}
