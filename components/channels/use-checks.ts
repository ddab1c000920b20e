'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC, useTRPCClient } from '#components/trpc/provider.tsx';
import type { CheckResult } from '#components/trpc/types.ts';

/** A run of the checks: what it has found so far, whether it goes on, and why it broke off or could not end well. */
export type Run = { results: CheckResult[]; running: boolean; refused: string | null };

/** Runs the checks of a draft. `kept`: what the last run found. Begins by itself where there was none. */
export function useChecks(id: string, kept: CheckResult[], isDraft: boolean) {
  const { slug: tenant } = useMember();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [run, setRun] = useState<Run>({ results: kept, running: false, refused: null });
  const busy = useRef(false);

  const start = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    setRun({ results: [], running: true, refused: null });
    let refused: string | null = null;
    try {
      for await (const news of await client.connect.check.mutate({ tenant, id }))
        if ('check' in news) setRun((before) => ({ ...before, results: [...before.results, news] }));
        else refused = news.refused;
    } catch (error) {
      refused = wordsOf(error);
    }
    await queryClient.invalidateQueries(trpc.connect.number.queryFilter({ tenant, id }));
    void queryClient.invalidateQueries({ predicate: ({ state }) => state.status !== 'pending' });
    setRun((before) => ({ ...before, running: false, refused }));
    busy.current = false;
  }, [client, queryClient, trpc, tenant, id]);

  const isFirst = isDraft && kept.length === 0;
  useEffect(() => {
    if (isFirst) void start();
  }, [isFirst, start]);
  return { ...run, start };
}
