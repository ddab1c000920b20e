import { superadmin } from '#app/gate.ts';
import { readFilter } from '#components/audit/audit-filter.ts';
import { PlatformAudit } from '#components/audit/platform-audit.tsx';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

export const metadata = { title: 'Audit log' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function PlatformAuditPage({ searchParams }: Props) {
  await superadmin();
  const asked = await searchParams;
  const filter = readFilter((name) => [asked[name] ?? []].flat()[0] ?? null);
  const { audit } = trpc.admin;
  return (
    <Prefetched
      fetch={(queryClient) => [
        queryClient.prefetchInfiniteQuery(
          audit.list.infiniteQueryOptions(filter, { getNextPageParam: (page) => page.next }),
        ),
        queryClient.prefetchQuery(audit.choices.queryOptions()),
      ]}
    >
      <PlatformAudit />
    </Prefetched>
  );
}
