'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useNews } from '#components/trpc/live.tsx';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import type { AppRouter } from '#components/trpc/types.ts';

type Outputs = inferRouterOutputs<AppRouter>['channels'];
export type ChannelRow = Outputs['list'][number];
export type Channel = Outputs['get'];

// Beside the live news: when the last webhook came is no news of its own.
const refetchInterval = 10_000;

export function useChannels() {
  const { slug } = useMember();
  const trpc = useTRPC();
  useRefreshOnNews();
  return useQuery({ ...trpc.channels.list.queryOptions({ tenant: slug }), refetchInterval });
}

export function useChannel(key: string) {
  const { slug } = useMember();
  const trpc = useTRPC();
  useRefreshOnNews();
  return useQuery({ ...trpc.channels.get.queryOptions({ tenant: slug, key }), refetchInterval });
}

function useRefreshOnNews() {
  const refresh = useRefresh();
  useNews(({ conversations }) => void (conversations === null && refresh()));
}

function useRefresh() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: trpc.channels.pathKey() });
}

/** What can be done with a channel; each is done only when the page shows it. */
export function useChannelDeeds() {
  const { channels } = useTRPC();
  const onSuccess = useRefresh();
  return {
    check: useMutation(channels.check.mutationOptions({ onSuccess })),
    setBot: useMutation(channels.setBot.mutationOptions({ onSuccess })),
    replaceToken: useMutation(channels.replaceToken.mutationOptions({ onSuccess })),
    replaceAppSecret: useMutation(channels.replaceAppSecret.mutationOptions({ onSuccess })),
    replaceVerifyToken: useMutation(channels.replaceVerifyToken.mutationOptions({ onSuccess })),
    endFormer: useMutation(channels.endFormer.mutationOptions({ onSuccess })),
    showVerifyToken: useMutation(channels.showVerifyToken.mutationOptions()),
    subscribeAgain: useMutation(channels.subscribeAgain.mutationOptions({ onSuccess })),
    disconnect: useMutation(channels.disconnect.mutationOptions({ onSuccess })),
    unsubscribe: useMutation(channels.unsubscribe.mutationOptions({ onSuccess })),
    reconnect: useMutation(channels.reconnect.mutationOptions({ onSuccess })),
  };
}
