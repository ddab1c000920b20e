'use client';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useAdmin } from '#components/trpc/admin.tsx';
import { wordsOf } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { BackLink } from './back-link.tsx';
import { type CapacityView, capacityQuery, type Tier } from './queries.ts';
import { SellingForm } from './selling-form.tsx';
import { TierCard } from './tier-card.tsx';
import { TierDialog } from './tier-dialog.tsx';

/** What is sold: the tiers, and how what was measured becomes what may be sold. */
export function TiersPage() {
  const { data, isError, error, refetch, isFetching } = useQuery(capacityQuery(useAdmin()));
  const [edited, setEdited] = useState<Tier | 'new' | null>(null);
  return (
    <>
      <BackLink />
      <header className="mt-1 flex flex-wrap items-center gap-2">
        <h1 className="flex-1 text-xl font-semibold text-strong">Tiers</h1>
        <Button look="primary" icon={Plus} onClick={() => setEdited('new')} className="max-[899px]:h-11">
          New tier
        </Button>
      </header>
      {data ? (
        <View view={data} onEdit={setEdited} />
      ) : isError ? (
        <ErrorState
          title="The tiers could not be loaded"
          message={wordsOf(error)}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      ) : (
        <Loading label="Loading the tiers" className="mt-4 space-y-4">
          <Skeleton className="h-40 w-full" />
          <Skeleton className="h-40 w-full" />
        </Loading>
      )}
      {edited && (
        <TierDialog
          key={edited === 'new' ? 'new' : edited.id}
          tier={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}

function View({ view, onEdit }: { view: CapacityView; onEdit: (tier: Tier) => void }) {
  const { tiers, selling } = view;
  return (
    <>
      <ul aria-label="Tiers" className="mt-4 space-y-4">
        {tiers.map((tier, index) => (
          <TierCard
            key={tier.id}
            tier={tier}
            isFirst={index === 0}
            isLast={index === tiers.length - 1}
            isForNew={tier.id === selling.defaultTierId}
            onEdit={() => onEdit(tier)}
          />
        ))}
      </ul>
      <SellingForm key={JSON.stringify(selling)} view={view} />
    </>
  );
}
