import type { ThreadItem, ThreadPage } from '#components/trpc/types.ts';

/** Pages come newest first; the log is oldest first, and shows nothing twice. */
export function threadItems(pages: readonly ThreadPage[]): ThreadItem[] {
  const items = new Map<string, ThreadItem>();
  for (const page of pages.toReversed()) for (const item of page.items) items.set(item.id, item);
  return [...items.values()];
}
