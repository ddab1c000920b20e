import { memberOf } from '#app/gate.ts';
import { ConnectNumber } from '#components/channels/connect-number.tsx';
import { MayConnect } from '#components/channels/may-connect.tsx';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

export const metadata = { title: 'Connect a WhatsApp number' };

type Props = { params: Promise<{ tenant: string }> };

export default async function ConnectPage({ params }: Props) {
  const { slug, may } = await memberOf((await params).tenant);
  return (
    <Prefetched
      fetch={(client) =>
        may.includes('channels.connect')
          ? [client.prefetchQuery(trpc.connect.ways.queryOptions({ tenant: slug }))]
          : [client.prefetchQuery(trpc.members.list.queryOptions({ tenant: slug }))]
      }
    >
      <MayConnect>
        <ConnectNumber />
      </MayConnect>
    </Prefetched>
  );
}
