'use client';
import { useQuery } from '@tanstack/react-query';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';

/** How far this tenant's first steps are, for who may take them; undefined once they are done or dismissed. */
export function useFirstSteps(): { done: number; of: number } | undefined {
  const { slug, may } = useMember();
  const trpc = useTRPC();
  const { data } = useQuery({
    ...trpc.onboarding.progress.queryOptions({ tenant: slug }),
    enabled: may.includes('onboarding.run'),
  });
  if (!data || data.closed) return;
  const done = data.steps.filter(({ state }) => state !== 'open').length;
  return done === data.steps.length ? undefined : { done, of: data.steps.length };
}
