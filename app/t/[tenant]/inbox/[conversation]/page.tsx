import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { memberOf } from '#app/gate.ts';
import { findConversation } from '#components/inbox/find-conversation.ts';
import { OpenConversation } from '#components/inbox/open-conversation.tsx';
import { conversationQuery, threadQuery } from '#components/inbox/queries.ts';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

type Props = { params: Promise<{ tenant: string; conversation: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { tenant, conversation } = await params;
  await memberOf(tenant);
  return { title: (await findConversation(tenant, conversation))?.name ?? 'Not found' };
}

export default async function ConversationPage({ params }: Props) {
  const { tenant, conversation: id } = await params;
  await memberOf(tenant);
  const view = await findConversation(tenant, id);
  if (!view) notFound();
  return (
    <Prefetched
      fetch={(queryClient) => {
        queryClient.setQueryData(conversationQuery(trpc, tenant, id).queryKey, view);
        return [queryClient.prefetchInfiniteQuery(threadQuery(trpc, tenant, id))];
      }}
    >
      <OpenConversation />
    </Prefetched>
  );
}
