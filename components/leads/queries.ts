import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#components/trpc/types.ts';
import type { Filter, Sort } from './leads.ts';

type Trpc = TRPCOptionsProxy<AppRouter>;

export const everybody: Filter = { search: '', join: 'all', conditions: [] };

/** The room's reads, the same for the server that fetches ahead and the browser that uses them. */
export function listQuery(trpc: Trpc, tenant: string, filter: Filter, sort: Sort) {
  return trpc.people.list.infiniteQueryOptions(
    { tenant, filter, sort },
    { getNextPageParam: (page) => page.next },
  );
}
export const countQuery = (trpc: Trpc, tenant: string, filter: Filter) =>
  trpc.people.count.queryOptions({ tenant, filter });

export function timelineQuery(trpc: Trpc, tenant: string, id: string) {
  return trpc.people.timeline.infiniteQueryOptions({ tenant, id }, { getNextPageParam: (page) => page.next });
}
