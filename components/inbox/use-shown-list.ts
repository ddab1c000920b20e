'use client';
import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useMember, useTRPC, useTRPCClient } from '#components/trpc/provider.tsx';
import type { ConversationPage, InboxTab } from '#components/trpc/types.ts';
import { mergeFirstPage, touchesOlderPages } from './merge-list.ts';
import { listQuery } from './queries.ts';
import { refreshPart } from './refresher.ts';
import { useRefresher } from './refresher-context.ts';

type List = InfiniteData<ConversationPage, string | null>;
/** Fetching all loaded pages again is dear; news about what is further down may wait that long. */
const wholeEvery = 5_000;

/** Keeps the list on the screen up to date: its first page at once, the others when news touches them. */
export function useShownList(tab: InboxTab, search: string): void {
  const { slug } = useMember();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const refresher = useRefresher();

  useEffect(() => {
    const { queryKey } = listQuery(trpc, slug, tab, search);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fetchWhole = () => {
      timer = undefined;
      return queryClient.refetchQueries({ queryKey, exact: true });
    };
    const hide = refresher.show({
      concerns: () => true,
      refresh: async (changed) => {
        if (changed === null) return fetchWhole();
        const fetchFirst = () =>
          client.inbox.list.query(search ? { tenant: slug, tab: 'all', search } : { tenant: slug, tab });
        await refreshPart<List, ConversationPage>(queryClient, queryKey, fetchFirst, mergeFirstPage);
        const list = queryClient.getQueryData<List>(queryKey);
        if (list && timer === undefined && touchesOlderPages(list, [...changed]))
          timer = setTimeout(fetchWhole, wholeEvery);
      },
    });
    return () => {
      clearTimeout(timer);
      hide();
    };
  }, [client, queryClient, refresher, search, slug, tab, trpc]);
}

/** Keeps the tabs' counts up to date. */
export function useShownCounts(): void {
  const { slug } = useMember();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresher = useRefresher();
  useEffect(() => {
    const { queryKey } = trpc.inbox.counts.queryOptions({ tenant: slug });
    return refresher.show({
      concerns: () => true,
      refresh: () => queryClient.invalidateQueries({ queryKey, exact: true }),
    });
  }, [queryClient, refresher, slug, trpc]);
}
