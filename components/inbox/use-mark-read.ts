'use client';
import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import type { ConversationPage, ConversationView } from '#components/trpc/types.ts';
import { patchRow } from './merge-list.ts';
import { conversationQuery } from './queries.ts';

type List = InfiniteData<ConversationPage, string | null>;

/** At the end everything is in sight; what was there at the opening counts as read a little later, wherever one reads. Milliseconds. */
const moment = { atEnd: 300, opened: 1_000 };

type Seen = { atEnd: boolean; inboundCountAtOpening: number | null };

/**
 * Notes as read what somebody has before them: all that was there when they opened the conversation, and what came
 * since once the end is in sight. Only while the tab is in front and has the focus: a window that stands open beside
 * other work reads nothing. The server keeps the highest count.
 */
export function useMarkRead(view: ConversationView, { atEnd, inboundCountAtOpening }: Seen): void {
  const { slug: tenant } = useMember();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const looking = useSyncExternalStore(onAttention, hasAttention, () => false);
  const { mutate } = useMutation(trpc.inbox.markRead.mutationOptions());

  const mark = useEffectEvent((count: number) => {
    const read = { unread: Math.max(0, view.inboundCount - count) };
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
  const opened = inboundCountAtOpening !== null;
  const seen = atEnd ? inboundCount : (inboundCountAtOpening ?? 0);
  useEffect(() => {
    if (!looking || !opened || seen <= inboundCount - unread) return;
    const timer = setTimeout(() => mark(seen), atEnd ? moment.atEnd : moment.opened);
    return () => clearTimeout(timer);
  }, [atEnd, inboundCount, looking, opened, seen, unread]);
}

function onAttention(listener: () => void) {
  document.addEventListener('visibilitychange', listener);
  window.addEventListener('focus', listener);
  window.addEventListener('blur', listener);
  return () => {
    document.removeEventListener('visibilitychange', listener);
    window.removeEventListener('focus', listener);
    window.removeEventListener('blur', listener);
  };
}

function hasAttention() {
  return document.visibilityState === 'visible' && document.hasFocus();
}
