import 'server-only';
import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { cookies } from 'next/headers';
import { cache, type ReactNode } from 'react';
import { appRouter, createCaller } from '#server/router.ts';
import { createContext } from '#server/trpc/context.ts';
import { makeQueryClient } from './query-client.ts';

const queryClient = cache(makeQueryClient);

// Once a request, however many components ask.
const context = cache(async () => {
  const jar = await cookies();
  return createContext((name) => jar.get(name)?.value);
});

/** Query options that are answered in this process, for prefetching. */
export const trpc = createTRPCOptionsProxy({ ctx: context, router: appRouter, queryClient });

/** The procedures as plain functions, for gates. */
export const caller = async () => createCaller(await context());

/** Begins a query on the server; the browser gets its answer with the page. */
export function prefetch(options: { queryKey: readonly unknown[] }) {
  void queryClient().prefetchQuery(options as Parameters<ReturnType<typeof queryClient>['prefetchQuery']>[0]);
}

/** Hands what was prefetched to the components inside. */
export function HydrateClient({ children }: { children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(queryClient())}>{children}</HydrationBoundary>;
}
