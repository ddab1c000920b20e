import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter, InboxTab } from '#components/trpc/types.ts';

type Trpc = TRPCOptionsProxy<AppRouter>;

/** The inbox's reads, the same for the server that fetches ahead and the browser that uses them. */
export function listQuery(trpc: Trpc, tenant: string, tab: InboxTab, search = '') {
  // A search goes through all conversations, so it is the same under every tab.
  const input = search ? { tenant, tab: 'all' as const, search } : { tenant, tab };
  return trpc.inbox.list.infiniteQueryOptions(input, { getNextPageParam: (page) => page.next });
}

export function countsQuery(trpc: Trpc, tenant: string) {
  return trpc.inbox.counts.queryOptions({ tenant });
}

export function conversationQuery(trpc: Trpc, tenant: string, id: string) {
  return trpc.inbox.conversation.queryOptions({ tenant, id });
}

export function threadQuery(trpc: Trpc, tenant: string, id: string) {
  return trpc.inbox.thread.infiniteQueryOptions(
    { tenant, id },
    // News keep it up to date (see use-shown-thread); fetched as a whole it would lose what was loaded above.
    { getNextPageParam: (page) => page.before, refetchOnWindowFocus: false, refetchOnReconnect: false },
  );
}
