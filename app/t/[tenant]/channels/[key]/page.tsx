import { notFound } from 'next/navigation';
import { memberOf } from '#app/gate.ts';
import { ChannelRoom } from '#components/channels/channel-room.tsx';
import { findChannel } from '#components/channels/find-channel.ts';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

export const metadata = { title: 'Channel' };

type Props = { params: Promise<{ tenant: string; key: string }> };

export default async function ChannelPage({ params }: Props) {
  const { tenant, key } = await params;
  await memberOf(tenant);
  const channel = await findChannel(tenant, key);
  if (!channel) notFound();
  return (
    <Prefetched
      fetch={(queryClient) => {
        queryClient.setQueryData(trpc.channels.get.queryKey({ tenant, key }), channel);
        return [];
      }}
    >
      <ChannelRoom channelKey={key} />
    </Prefetched>
  );
}
