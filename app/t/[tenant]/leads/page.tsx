import { memberOf } from '#app/gate.ts';
import { LeadsPage } from '#components/leads/leads-page.tsx';
import { countQuery, everybody, listQuery } from '#components/leads/queries.ts';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

export const metadata = { title: 'Leads' };

type Props = { params: Promise<{ tenant: string }> };

export default async function LeadsRoute({ params }: Props) {
  const { slug } = await memberOf((await params).tenant);
  return (
    <Prefetched
      fetch={(queryClient) => [
        queryClient.prefetchInfiniteQuery(listQuery(trpc, slug, everybody, 'last')),
        queryClient.prefetchQuery(countQuery(trpc, slug, everybody)),
        queryClient.prefetchQuery(trpc.people.choices.queryOptions({ tenant: slug })),
        queryClient.prefetchQuery(trpc.people.segments.queryOptions({ tenant: slug })),
      ]}
    >
      <LeadsPage />
    </Prefetched>
  );
}
