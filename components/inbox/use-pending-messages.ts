'use client';
import { useMutationState } from '@tanstack/react-query';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import type { MessageItem, ThreadItem } from '#components/trpc/types.ts';

/** What this member has sent and the thread does not hold yet. One that was refused is no longer among them (see use-unsent-messages). */
export function usePendingMessages(conversationId: string, known: readonly ThreadItem[]): MessageItem[] {
  const { user } = useMember();
  const trpc = useTRPC();
  const sends = useMutationState({
    filters: { mutationKey: trpc.inbox.send.mutationKey() },
    select: ({ state }) => ({ status: state.status, sent: state.variables, at: state.submittedAt }),
  });
  const knownIds = new Set(known.map((item) => item.id));
  const author = { kind: 'member', name: user.name, you: true } as const;
  return sends.flatMap(({ status, sent, at }) => {
    if (status !== 'pending' && status !== 'success') return [];
    if (!isSend(sent) || sent.conversationId !== conversationId || knownIds.has(sent.id)) return [];
    return {
      ...{
        type: 'message',
        id: sent.id,
        at: new Date(at).toISOString(),
        direction: 'outbound',
        author,
        kind: 'text',
      },
      ...{
        passive: false,
        body: sent.text.trim(),
        buttons: [],
        status: 'queued',
        statusAt: null,
        held: false,
        failure: null,
        sentAgainAs: null,
        raw: null,
      },
    } satisfies MessageItem;
  });
}

type Send = { conversationId: string; id: string; text: string };

function isSend(value: unknown): value is Send {
  return (
    typeof value === 'object' &&
    value !== null &&
    'conversationId' in value &&
    'id' in value &&
    'text' in value
  );
}
