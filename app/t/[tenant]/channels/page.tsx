import { ChannelsRoom } from '#components/channels/channels-room.tsx';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

export const metadata = { title: 'Channels' };

type Props = { params: Promise<{ tenant: string }> };

export default async function ChannelsPage({ params }: Props) {
  const { tenant } = await params;
  return (
    <Prefetched
      fetch={(queryClient) => [queryClient.prefetchQuery(trpc.channels.list.queryOptions({ tenant }))]}
    >
      <ChannelsRoom />
    </Prefetched>
  );
}
