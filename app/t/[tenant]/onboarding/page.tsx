import { notFound } from 'next/navigation';
import { memberOf } from '#app/gate.ts';
import { Onboarding } from '#components/onboarding/onboarding.tsx';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

export const metadata = { title: 'Get started' };

type Props = { params: Promise<{ tenant: string }> };

export default async function OnboardingPage({ params }: Props) {
  const { slug, may } = await memberOf((await params).tenant);
  if (!may.includes('onboarding.run')) notFound();
  return (
    <Prefetched
      fetch={(queryClient) => [
        queryClient.prefetchQuery(trpc.onboarding.progress.queryOptions({ tenant: slug })),
        queryClient.prefetchQuery(trpc.onboarding.starters.queryOptions({ tenant: slug })),
      ]}
    >
      <Onboarding />
    </Prefetched>
  );
}
