'use client';
import { useMutationState } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC } from '#components/trpc/provider.tsx';
import type { ThreadItem } from '#components/trpc/types.ts';
import { dropUnsent, type Unsent, useUnsent } from '#components/ui/unsent.ts';
import { useNow } from '#components/ui/use-now.tsx';

/** After that nobody waits for an answer any more, in no tab. Milliseconds. */
const answerTakes = 10_000;

/** What this member has sent and Parley has not taken, each with the reason. What turns out to have arrived goes. */
export function useUnsentMessages(
  key: string,
  known: readonly ThreadItem[],
): (Unsent & { problem: string })[] {
  const now = useNow();
  const trpc = useTRPC();
  const unsent = useUnsent(key);
  const underWay = useMutationState({
    filters: {
      mutationKey: trpc.inbox.send.mutationKey(),
      predicate: ({ state }) => state.status !== 'error',
    },
    select: ({ state: { variables: sent } }) =>
      typeof sent === 'object' && sent !== null && 'id' in sent ? sent.id : null,
  });
  const knownIds = new Set(known.map((item) => item.id));
  const arrived = unsent.flatMap(({ id }) => (knownIds.has(id) ? [id] : [])).join();
  useEffect(() => {
    if (arrived) dropUnsent(key, arrived.split(','));
  }, [arrived, key]);

  return unsent.flatMap((one) => {
    if (knownIds.has(one.id) || underWay.includes(one.id)) return [];
    if (one.problem !== null) return { ...one, problem: one.problem };
    if (now.getTime() - one.at < answerTakes) return [];
    return { ...one, problem: 'The page was closed before Parley answered.' };
  });
}
