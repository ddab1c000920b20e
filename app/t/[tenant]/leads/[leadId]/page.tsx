import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { memberOf } from '#app/gate.ts';
import { findLead } from '#components/leads/find-lead.ts';
import { LeadPage } from '#components/leads/lead-page.tsx';
import { timelineQuery } from '#components/leads/queries.ts';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

type Props = { params: Promise<{ tenant: string; leadId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { tenant, leadId } = await params;
  await memberOf(tenant);
  const lead = await findLead(tenant, leadId);
  return { title: lead ? (lead.name ?? lead.profileName ?? 'Lead') : 'Not found' };
}

export default async function LeadRoute({ params }: Props) {
  const { tenant, leadId: id } = await params;
  await memberOf(tenant);
  const lead = await findLead(tenant, id);
  if (!lead) notFound();
  return (
    <Prefetched
      fetch={(queryClient) => {
        queryClient.setQueryData(trpc.people.get.queryKey({ tenant, id }), lead);
        return [
          queryClient.prefetchQuery(trpc.people.choices.queryOptions({ tenant })),
          queryClient.prefetchInfiniteQuery(timelineQuery(trpc, tenant, id)),
        ];
      }}
    >
      <LeadPage id={id} />
    </Prefetched>
  );
}
