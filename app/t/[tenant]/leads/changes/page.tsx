import { ChangesPage } from '#components/leads/changes-page.tsx';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

export const metadata = { title: 'Labels and changes' };

type Props = { params: Promise<{ tenant: string }> };

export default async function LeadChangesPage({ params }: Props) {
  const { tenant } = await params;
  return (
    <Prefetched
      fetch={(queryClient) => [
        queryClient.prefetchQuery(trpc.people.changes.queryOptions({ tenant })),
        queryClient.prefetchQuery(trpc.people.choices.queryOptions({ tenant })),
      ]}
    >
      <ChangesPage />
    </Prefetched>
  );
}
