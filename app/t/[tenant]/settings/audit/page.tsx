import { readFilter } from '#components/audit/audit-filter.ts';
import { AuditRoom } from '#components/audit/audit-room.tsx';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

export const metadata = { title: 'Audit log' };

type Props = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function AuditPage({ params, searchParams }: Props) {
  const { tenant } = await params;
  const asked = await searchParams;
  const filter = readFilter((name) => [asked[name] ?? []].flat()[0] ?? null);
  return (
    <Prefetched
      fetch={(queryClient) => [
        queryClient.prefetchInfiniteQuery(
          trpc.audit.list.infiniteQueryOptions(
            { tenant, ...filter },
            { getNextPageParam: (page) => page.next },
          ),
        ),
        queryClient.prefetchQuery(trpc.audit.choices.queryOptions({ tenant })),
      ]}
    >
      <AuditRoom />
    </Prefetched>
  );
}
