'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import type { ConversationView, Holder } from '#components/trpc/types.ts';
import { serverNow } from '#components/ui/clock.ts';
import { useToast } from '#components/ui/toast.tsx';
import { inTurn } from './in-turn.ts';
import { conversationQuery } from './queries.ts';
import { useRefresher } from './refresher-context.ts';

export type Deeds = ReturnType<typeof useDeeds>;

/** What a member does with a conversation as a whole. What is refused is said in `refused`, beside the controls. */
export function useDeeds(conversationId: string, view: ConversationView | undefined) {
  const { slug: tenant, user } = useMember();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresher = useRefresher();
  const toast = useToast();
  const [refused, setRefused] = useState<string | null>(null);
  const [tookOver, setTookOver] = useState<{ byEnter: boolean } | null>(null);

  const scope = inTurn(conversationId);

  function patch(change: Partial<ConversationView>) {
    const { queryKey } = conversationQuery(trpc, tenant, conversationId);
    queryClient.setQueryData(queryKey, (before) => before && { ...before, ...change });
  }
  /** `change` is shown at once when it can be undone; otherwise when the server has agreed. */
  function outcome(change: Partial<ConversationView>) {
    return {
      scope,
      onMutate: () => setRefused(null),
      onError: (error: unknown) => {
        setTookOver(null);
        setRefused(wordsOf(error));
        refresher.hear({ conversations: [conversationId] });
      },
      onSuccess: () => {
        patch({ heldSince: new Date(serverNow()).toISOString(), ...change });
        refresher.hear({ conversations: [conversationId] });
      },
    };
  }

  const input = { tenant, conversationId };
  const me: Holder = { kind: 'member', userId: user.id, name: user.name, you: true };
  const takeOver = useMutation(trpc.inbox.takeOver.mutationOptions(outcome({ holder: me })));
  const toBot = outcome({ holder: { kind: 'bot' } });
  const handBack = useMutation(
    trpc.inbox.handBack.mutationOptions({
      ...toBot,
      onSuccess: () => {
        toBot.onSuccess();
        const undo = () => takeOver.mutate({ ...input, from: 'bot' });
        toast({ text: 'Handed back to the bot', action: { label: 'Undo', run: undo } });
      },
    }),
  );
  const close = useMutation(trpc.inbox.close.mutationOptions(openness(false)));
  const reopen = useMutation(trpc.inbox.reopen.mutationOptions(openness(true)));

  /** Shown at once, and as it was if it is refused. */
  function openness(open: boolean) {
    return {
      scope,
      onMutate: (): Partial<ConversationView> => {
        setRefused(null);
        // What was asked before would show it as it was.
        void queryClient.cancelQueries({
          queryKey: conversationQuery(trpc, tenant, conversationId).queryKey,
          exact: true,
        });
        patch({
          open,
          closed: open ? null : { at: new Date(serverNow()).toISOString(), by: user.name, you: true },
        });
        return view ? { open: view.open, closed: view.closed } : {};
      },
      onError: (error: unknown, _: unknown, before: Partial<ConversationView> | undefined) => {
        patch(before ?? {});
        setRefused(wordsOf(error));
      },
      onSettled: () => refresher.hear({ conversations: [conversationId] }),
    };
  }

  return {
    refused,
    forget: () => setRefused(null),
    /** This member's last take-over: the composer then gets the focus. */
    tookOver,
    takingOver: takeOver.isPending,
    handingBack: handBack.isPending,
    /** `byEnter`: the button was pressed by key. */
    takeOver: (byEnter = false) => {
      if (!view || takeOver.isPending || (view.holder.kind === 'member' && view.holder.you)) return;
      setTookOver({ byEnter });
      takeOver.mutate({ ...input, from: holderKey(view.holder) });
    },
    handBack: () => {
      if (handBack.isPending) return;
      setTookOver(null);
      handBack.mutate(input);
    },
    close: () => {
      if (!view?.open) return;
      close.mutate(input);
      toast({ text: `Closed: ${view.name}`, action: { label: 'Undo', run: () => reopen.mutate(input) } });
    },
    reopen: () => {
      if (view && !view.open) reopen.mutate(input);
    },
  };
}

/** Whom the member saw answering; if somebody else was faster, the server says so. */
function holderKey(holder: Holder): string {
  return holder.kind === 'member' ? holder.userId : holder.kind;
}
