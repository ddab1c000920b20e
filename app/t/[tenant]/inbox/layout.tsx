import type { ReactNode } from 'react';
import { memberOf, simulatedMetaInUse } from '#app/gate.ts';
import { InboxRoom } from '#components/inbox/inbox-room.tsx';
import { countsQuery, listQuery } from '#components/inbox/queries.ts';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

type Props = { params: Promise<{ tenant: string }>; children: ReactNode };

export default async function InboxLayout({ params, children }: Props) {
  const { slug } = await memberOf((await params).tenant);
  return (
    <Prefetched
      fetch={(queryClient) => [
        queryClient.prefetchInfiniteQuery(listQuery(trpc, slug, 'all')),
        queryClient.prefetchQuery(countsQuery(trpc, slug)),
      ]}
    >
      <InboxRoom hasPhone={simulatedMetaInUse()}>{children}</InboxRoom>
    </Prefetched>
  );
}
