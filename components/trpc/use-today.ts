'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useMember, useTRPC } from './provider.tsx';

/** Today's outgoing messages against the quota; null without one, or before it is known. */
export function useToday() {
  const { slug: tenant } = useMember();
  const trpc = useTRPC();
  return useQuery(trpc.tenants.today.queryOptions({ tenant }, { refetchInterval: 60_000 })).data ?? null;
}

/** Asks again, after something was sent or refused. */
export function useRefreshToday(): () => void {
  const { slug: tenant } = useMember();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(
    () => void queryClient.invalidateQueries({ queryKey: trpc.tenants.today.queryKey({ tenant }) }),
    [queryClient, trpc, tenant],
  );
}
