'use client';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { onGap } from '#components/trpc/line.ts';
import { useNews } from '#components/trpc/live.tsx';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { ConversationList } from './conversation-list.tsx';
import { InboxKeys } from './inbox-keys.tsx';
import { Refresher } from './refresher.ts';
import { RefresherContext } from './refresher-context.ts';

type Props = {
  /** Whether there is a simulated phone to write from. */
  hasPhone: boolean;
  children: ReactNode;
};

/** The list, and beside it the open conversation. */
export function InboxRoom({ hasPhone, children }: Props) {
  const { slug } = useMember();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [refresher] = useState(
    () =>
      new Refresher({
        queryClient,
        everything: trpc.inbox.pathKey(),
        keysOf: (id) => [
          trpc.inbox.conversation.queryKey({ tenant: slug, id }),
          trpc.inbox.thread.infiniteQueryKey({ tenant: slug, id }),
          trpc.inbox.list.pathKey(),
        ],
      }),
  );
  useNews((news) => refresher.hear(news));
  useEffect(() => {
    const stopGaps = onGap(() => refresher.gap());
    document.addEventListener('visibilitychange', refresher.plan);
    return () => {
      stopGaps();
      document.removeEventListener('visibilitychange', refresher.plan);
      refresher.stop();
    };
  }, [refresher]);

  return (
    <RefresherContext value={refresher}>
      <h1 className="sr-only">Inbox</h1>
      <ConversationList hasPhone={hasPhone} />
      <InboxKeys />
      {children}
    </RefresherContext>
  );
}
