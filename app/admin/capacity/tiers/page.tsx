import { superadmin } from '#app/gate.ts';
import { capacityQuery } from '#components/capacity/queries.ts';
import { TiersPage } from '#components/capacity/tiers-page.tsx';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

export const metadata = { title: 'Tiers' };

export default async function Tiers() {
  await superadmin();
  return (
    <Prefetched fetch={(queryClient) => [queryClient.prefetchQuery(capacityQuery(trpc.admin))]}>
      <TiersPage />
    </Prefetched>
  );
}
