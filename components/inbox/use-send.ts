'use client';
import { useMutation } from '@tanstack/react-query';
import { v7 as uuidv7 } from 'uuid';
import { codeOf, wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { readDraft, writeDraft } from '#components/ui/drafts.ts';
import { inTurn } from './in-turn.ts';
import { useRefresher } from './refresher-context.ts';

/** Texts whose sending got no answer, with the id that they had: sent once more they are the same message. */
const unanswered = new Map<string, { id: string; text: string }>();

type Options = { conversationId: string; draft: string; onRefused: (words: string | null) => void };

/** Sends in the order of the clicks. A refused text is put back into the draft, and the words of the refusal are passed on. */
export function useSend({ conversationId, draft, onRefused }: Options) {
  const { slug: tenant } = useMember();
  const trpc = useTRPC();
  const refresher = useRefresher();
  const send = useMutation(
    trpc.inbox.send.mutationOptions({
      scope: inTurn(conversationId),
      // No answer is not a no: ask twice more, which is safe because the id stays.
      retry: (count, error) => count < 2 && codeOf(error) === undefined,
      retryDelay: 1_000,
      onMutate: () => onRefused(null),
      onError: (error, { id, text }) => {
        if (codeOf(error) === undefined) unanswered.set(conversationId, { id, text });
        const typed = readDraft(draft);
        writeDraft(draft, typed ? `${typed}\n${text}` : text);
        onRefused(wordsOf(error));
        refresher.hear({ conversations: [conversationId] });
      },
      onSuccess: () => refresher.hear({ conversations: [conversationId] }),
    }),
  );
  return (text: string) => {
    const before = unanswered.get(conversationId);
    unanswered.delete(conversationId);
    send.mutate({ tenant, conversationId, text, id: before?.text === text ? before.id : uuidv7() });
  };
}
