import { ImportRoom } from '#components/imports/import-room.tsx';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

export const metadata = { title: 'Import leads' };

type Props = { params: Promise<{ tenant: string }> };

export default async function ImportPage({ params }: Props) {
  const { tenant } = await params;
  return (
    <Prefetched
      fetch={(queryClient) => [queryClient.prefetchQuery(trpc.imports.list.queryOptions({ tenant }))]}
    >
      <ImportRoom />
    </Prefetched>
  );
}
