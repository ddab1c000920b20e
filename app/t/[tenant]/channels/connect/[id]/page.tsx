import { memberOf } from '#app/gate.ts';
import { CheckPage } from '#components/channels/check-page.tsx';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

export const metadata = { title: 'Connect a WhatsApp number' };

type Props = { params: Promise<{ tenant: string; id: string }> };

export default async function ConnectingPage({ params }: Props) {
  const { tenant, id } = await params;
  const { slug } = await memberOf(tenant);
  return (
    <Prefetched
      fetch={(client) => [client.prefetchQuery(trpc.connect.number.queryOptions({ tenant: slug, id }))]}
    >
      <CheckPage id={id} />
    </Prefetched>
  );
}
