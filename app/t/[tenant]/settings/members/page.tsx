import { MembersRoom } from '#components/members/members-room.tsx';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

export const metadata = { title: 'Members' };

type Props = { params: Promise<{ tenant: string }> };

export default async function MembersPage({ params }: Props) {
  const input = await params;
  return (
    <Prefetched
      fetch={(queryClient) => [
        queryClient.prefetchQuery(trpc.members.list.queryOptions(input)),
        queryClient.prefetchQuery(trpc.members.invitations.queryOptions(input)),
        queryClient.prefetchQuery(trpc.members.roles.queryOptions(input)),
      ]}
    >
      <MembersRoom />
    </Prefetched>
  );
}
