'use client';
import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import type { ConversationPage, ConversationView } from '#components/trpc/types.ts';
import { patchRow } from './merge-list.ts';
import { conversationQuery } from './queries.ts';

type List = InfiniteData<ConversationPage, string | null>;

/** Notes as read what is on the screen at the end of the log, while somebody looks. The server keeps the highest count. */
export function useMarkRead(view: ConversationView, atEnd: boolean): void {
  const { slug: tenant } = useMember();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const looking = useSyncExternalStore(onVisibility, isVisible, () => false);
  const { mutate } = useMutation(trpc.inbox.markRead.mutationOptions());

  const mark = useEffectEvent((count: number) => {
    const read = { unread: 0 };
    mutate({ tenant, conversationId: view.id, count });
    queryClient.setQueryData(
      conversationQuery(trpc, tenant, view.id).queryKey,
      (before) => before && { ...before, ...read },
    );
    queryClient.setQueriesData<List>(
      { queryKey: trpc.inbox.list.infiniteQueryKey() },
      (list) => list && patchRow(list, view.id, read),
    );
  });

  const { inboundCount, unread } = view;
  useEffect(() => {
    if (!looking || !atEnd || unread === 0) return;
    const timer = setTimeout(() => mark(inboundCount), 300);
    return () => clearTimeout(timer);
  }, [atEnd, inboundCount, looking, unread]);
}

function onVisibility(listener: () => void) {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}

function isVisible() {
  return document.visibilityState === 'visible';
}
