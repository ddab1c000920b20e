'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import { ConversationMissing } from './conversation-missing.tsx';
import { ConversationSkeleton } from './conversation-skeleton.tsx';
import { Dock } from './dock.tsx';
import { EarlierConversations } from './earlier-conversations.tsx';
import { HolderBanner } from './holder-banner.tsx';
import { LeadPane } from './lead-pane.tsx';
import { MessageLog } from './message-log.tsx';
import { conversationQuery, threadQuery } from './queries.ts';
import { Refused } from './refused.tsx';
import { useDeeds } from './use-deeds.ts';
import { useDocumentTitle } from './use-document-title.ts';
import { useShownThread } from './use-shown-thread.ts';
import { WishBanner } from './wish-banner.tsx';

type Props = { id: string; leadShown: boolean; onLeadShown: (shown: boolean) => void };

/** One conversation: who it is, who answers, what was said, and where one writes. */
export function ConversationPane({ id, leadShown, onLeadShown }: Props) {
  const { slug } = useMember();
  const trpc = useTRPC();
  const conversation = useQuery(conversationQuery(trpc, slug, id));
  const thread = useInfiniteQuery(threadQuery(trpc, slug, id));
  const deeds = useDeeds(id, conversation.data);
  useShownThread(id);
  useDocumentTitle(conversation.data?.name);

  const view = conversation.data;
  if (!view || !thread.data) {
    const failed = conversation.error ?? thread.error;
    if (!failed) return <ConversationSkeleton withLead={leadShown} />;
    return (
      <ConversationMissing error={failed}>
        <ErrorState
          title="The conversation could not be loaded"
          message={wordsOf(failed)}
          retrying={conversation.isFetching || thread.isFetching}
          onRetry={() => {
            void conversation.refetch();
            void thread.refetch();
          }}
        />
      </ConversationMissing>
    );
  }
  return (
    <>
      <section
        aria-label="Conversation"
        data-pane="thread"
        className="flex min-w-0 flex-1 flex-col bg-surface-0"
      >
        <ConversationHeader view={view} deeds={deeds} leadShown={leadShown} onLeadShown={onLeadShown} />
        <HolderBanner view={view} deeds={deeds} />
        <WishBanner view={view} />
        <EarlierConversations view={view} />
        <MessageLog
          view={view}
          pages={thread.data.pages}
          fresh={!conversation.isFetching && !thread.isFetching}
          older={thread}
        />
        {deeds.refused && <Refused words={deeds.refused} onDismiss={deeds.forget} />}
        <Dock view={view} deeds={deeds} />
      </section>
      {leadShown && <LeadPane view={view} onHide={() => onLeadShown(false)} />}
    </>
  );
}
