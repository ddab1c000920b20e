import type { InfiniteData } from '@tanstack/react-query';
import type { ThreadPage } from '#components/trpc/types.ts';

type Thread = InfiniteData<ThreadPage, string | null>;

/**
 * Puts a freshly fetched newest page in the place of the one that was loaded, and keeps what it no longer reaches.
 * When the two do not meet (more came than a page holds), the fresh one stands alone and older ones load again.
 */
export function mergeNewestPage(thread: Thread, fresh: ThreadPage): Thread {
  const [newest, ...older] = thread.pages;
  const alone = { pages: [fresh], pageParams: thread.pageParams.slice(0, 1) };
  if (!newest || fresh.before === null) return alone;
  const known = new Set(fresh.items.map((item) => item.id));
  const meeting = newest.items.findIndex((item) => known.has(item.id));
  if (meeting === -1) return alone;
  const kept = newest.items.slice(0, meeting);
  return {
    pages: [
      { items: [...kept, ...fresh.items], before: kept.length > 0 ? newest.before : fresh.before },
      ...older,
    ],
    pageParams: thread.pageParams,
  };
}
