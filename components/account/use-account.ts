'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/provider.tsx';
import type { Account } from '#components/trpc/types.ts';

/** The login as the page brought it, and as it is after each change. */
export function useAccount(initial: Account): Account {
  const trpc = useTRPC();
  return useQuery(trpc.account.mine.queryOptions(undefined, { initialData: initial })).data;
}

/** Asks anew for the login and its devices. */
export function useRefreshAccount() {
  const [trpc, queryClient] = [useTRPC(), useQueryClient()];
  return () => queryClient.invalidateQueries(trpc.account.pathFilter());
}
