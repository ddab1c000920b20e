import { superadmin } from '#app/gate.ts';
import { runsQuery } from '#components/capacity/queries.ts';
import { RunsPage } from '#components/capacity/runs-page.tsx';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

export const metadata = { title: 'Load runs' };

export default async function Runs() {
  await superadmin();
  return (
    <Prefetched fetch={(queryClient) => [queryClient.prefetchQuery(runsQuery(trpc.admin))]}>
      <RunsPage />
    </Prefetched>
  );
}
