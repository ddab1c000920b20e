'use client';
import { useMutation } from '@tanstack/react-query';
import { v7 as uuidv7 } from 'uuid';
import { codeOf, wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import type { ConversationView } from '#components/trpc/types.ts';
import { useRefreshToday } from '#components/trpc/use-today.ts';
import { serverNow } from '#components/ui/clock.ts';
import { draftKey } from '#components/ui/drafts.ts';
import { nameWords } from '#components/ui/phone-words.ts';
import { goShallow } from '#components/ui/shallow-link.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { dropUnsent, keepUnsent, type Unsent, unsentKey } from '#components/ui/unsent.ts';
import { inTurn } from './in-turn.ts';
import { conversationIn, conversationPath } from './paths.ts';
import { useRefresher } from './refresher-context.ts';

/**
 * Sends in the order of the clicks. A text is kept in the browser until the server has it; one that it would not take,
 * or that got no answer, stays in the conversation with the reason (see unsent-bubble), and whoever has gone on to
 * another conversation is told.
 */
export function useSend({ id: conversationId, name }: ConversationView) {
  const { slug: tenant, user } = useMember();
  const trpc = useTRPC();
  const refresher = useRefresher();
  const toast = useToast();
  const refreshToday = useRefreshToday();
  const unsent = unsentKey(draftKey(tenant, user.id, conversationId));
  const send = useMutation(
    trpc.inbox.send.mutationOptions({
      scope: inTurn(conversationId),
      // No answer is not a no: ask twice more, which is safe because the id stays.
      retry: (count, error) => count < 2 && codeOf(error) === undefined,
      retryDelay: 1_000,
      onError: (error, { id, text }) => {
        const problem = wordsOf(error);
        keepUnsent(unsent, { id, text, at: serverNow(), problem });
        refresher.hear({ conversations: [conversationId] });
        refreshToday();
        if (conversationIn(window.location.pathname) === conversationId) return;
        const show = () => goShallow(conversationPath(tenant, conversationId));
        toast({ text: `Not sent to ${nameWords(name)}. ${problem}`, action: { label: 'Show', run: show } });
      },
      onSuccess: (_, { id }) => {
        dropUnsent(unsent, [id]);
        refreshToday();
        refresher.hear({ conversations: [conversationId] });
      },
    }),
  );

  function attempt({ id, text }: Pick<Unsent, 'id' | 'text'>) {
    keepUnsent(unsent, { id, text, at: serverNow(), problem: null });
    send.mutate({ tenant, conversationId, id, text });
  }
  return {
    send: (text: string) => attempt({ id: uuidv7(), text }),
    /** The same once more: should the first have arrived after all, it stays one message. */
    again: attempt,
  };
}
