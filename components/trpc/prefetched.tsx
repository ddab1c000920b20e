import 'server-only';
import { dehydrate, HydrationBoundary, type QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { makeQueryClient } from './query-client.ts';

type Props = {
  /** Starts the queries that the components below will use; one that fails is asked again by the browser. */
  fetch: (queryClient: QueryClient) => Promise<unknown>[];
  children: ReactNode;
};

/** Waits for the data and sends it with the page, so that the first paint shows it. */
export async function Prefetched({ fetch, children }: Props) {
  const queryClient = makeQueryClient();
  await Promise.allSettled(fetch(queryClient));
  return <HydrationBoundary state={dehydrate(queryClient)}>{children}</HydrationBoundary>;
}
