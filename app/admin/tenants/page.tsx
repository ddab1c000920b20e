import { superadmin } from '#app/gate.ts';
import { everything, tenantsQuery } from '#components/admin/queries.ts';
import { Tenants } from '#components/admin/tenants.tsx';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

export const metadata = { title: 'Tenants' };

export default async function TenantsPage() {
  await superadmin();
  return (
    <Prefetched
      fetch={(queryClient) => [queryClient.prefetchInfiniteQuery(tenantsQuery(trpc.admin, everything))]}
    >
      <Tenants />
    </Prefetched>
  );
}
