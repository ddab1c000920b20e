'use client';
import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useMember, useTRPC, useTRPCClient } from '#components/trpc/provider.tsx';
import type { ThreadPage } from '#components/trpc/types.ts';
import { mergeNewestPage } from './merge-thread.ts';
import { conversationQuery, threadQuery } from './queries.ts';
import { refreshPart } from './refresher.ts';
import { useRefresher } from './refresher-context.ts';

type Thread = InfiniteData<ThreadPage, string | null>;

/** Keeps the open conversation and the newest page of its messages up to date. */
export function useShownThread(id: string): void {
  const { slug } = useMember();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const refresher = useRefresher();

  useEffect(() => {
    const conversation = conversationQuery(trpc, slug, id);
    const thread = threadQuery(trpc, slug, id);
    return refresher.show({
      concerns: (changed) => changed === id,
      // Asked in one breath: the messages are never behind what the conversation counts.
      refresh: () =>
        Promise.all([
          refreshPart<Thread, ThreadPage>(
            queryClient,
            thread.queryKey,
            () => client.inbox.thread.query({ tenant: slug, id }),
            mergeNewestPage,
          ),
          queryClient.invalidateQueries({ queryKey: conversation.queryKey, exact: true }),
        ]),
    });
  }, [client, id, queryClient, refresher, slug, trpc]);
}
