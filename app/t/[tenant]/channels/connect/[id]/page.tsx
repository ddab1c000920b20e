import { memberOf } from '#app/gate.ts';
import { CheckPage } from '#components/channels/check-page.tsx';
import { MayConnect } from '#components/channels/may-connect.tsx';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

export const metadata = { title: 'Connect a WhatsApp number' };

type Props = { params: Promise<{ tenant: string; id: string }> };

export default async function ConnectingPage({ params }: Props) {
  const { tenant, id } = await params;
  const { slug, may } = await memberOf(tenant);
  return (
    <Prefetched
      fetch={(client) =>
        may.includes('channels.connect')
          ? [client.prefetchQuery(trpc.connect.number.queryOptions({ tenant: slug, id }))]
          : [client.prefetchQuery(trpc.members.list.queryOptions({ tenant: slug }))]
      }
    >
      <MayConnect>
        <CheckPage id={id} />
      </MayConnect>
    </Prefetched>
  );
}
