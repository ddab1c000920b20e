'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { changeWords } from './lead-words.ts';
import { type BulkView, type Deed, useLeadDeeds, type Who } from './leads.ts';

const isOver = ({ state }: BulkView) => state === 'finished' || state === 'undone';

/** Does one thing to many leads, follows it until it is done, says what came of it, and offers to undo it. */
export function useBulk() {
  const { slug } = useMember();
  const trpc = useTRPC();
  const toast = useToast();
  const { change, remove, undo } = useLeadDeeds();
  const [followed, setFollowed] = useState<BulkView | null>(null);
  const state = useQuery({
    ...trpc.people.changeState.queryOptions({ tenant: slug, id: followed?.id ?? '' }),
    enabled: followed !== null,
    refetchInterval: 1_000,
  });
  const now = followed && state.data?.id === followed.id && !state.isStale ? state.data : followed;

  function tell(view: BulkView) {
    if (!isOver(view)) return setFollowed(view);
    setFollowed(null);
    toast({
      text: changeWords(view),
      ...(view.state === 'finished' &&
        view.changed > 0 && {
          action: {
            label: 'Undo',
            run: () => undo.mutate({ tenant: slug, id: view.id }, { onSuccess: tell }),
          },
        }),
    });
  }
  const hear = useEffectEvent(tell);
  useEffect(() => {
    if (followed && state.data?.id === followed.id && isOver(state.data) && state.dataUpdatedAt > 0)
      hear(state.data);
  }, [followed, state.data, state.dataUpdatedAt]);

  return {
    /** What is under way; null when nothing is. */
    running: now && !isOver(now) ? now : null,
    busy: change.isPending || remove.isPending,
    error: change.error ?? remove.error ?? undo.error,
    change: (who: Who, deed: Deed, onDone: () => void) =>
      change.mutate(
        { tenant: slug, who, deed },
        {
          onSuccess: (view) => {
            onDone();
            tell(view);
          },
        },
      ),
    remove: (who: Who, onDone: () => void) =>
      remove.mutate(
        { tenant: slug, who },
        {
          onSuccess: (view) => {
            onDone();
            tell(view);
          },
        },
      ),
  };
}
