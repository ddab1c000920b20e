import { superadmin } from '#app/gate.ts';
import { CapacityPage } from '#components/capacity/capacity-page.tsx';
import { capacityQuery } from '#components/capacity/queries.ts';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

export const metadata = { title: 'Capacity' };

export default async function Capacity() {
  await superadmin();
  return (
    <Prefetched fetch={(queryClient) => [queryClient.prefetchQuery(capacityQuery(trpc.admin))]}>
      <CapacityPage />
    </Prefetched>
  );
}
