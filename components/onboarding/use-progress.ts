'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNews } from '#components/trpc/live.tsx';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';

/** How far it is, kept up to date by everything that happens in the tenant. */
export function useProgress() {
  const { slug } = useMember();
  const refresh = useRefreshProgress();
  useNews(() => void refresh());
  return useQuery(useTRPC().onboarding.progress.queryOptions({ tenant: slug }));
}

/** Asks anew; done when the answer is there. */
export function useRefreshProgress(): () => Promise<void> {
  const { slug } = useMember();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () =>
    queryClient.invalidateQueries({ queryKey: trpc.onboarding.progress.queryKey({ tenant: slug }) });
}
