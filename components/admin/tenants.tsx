'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Building2, Search } from 'lucide-react';
import { useState } from 'react';
import { useAdmin } from '#components/trpc/admin.tsx';
import { wordsOf } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { CreateTenant } from './create-tenant.tsx';
import { Counted } from './figures.tsx';
import { everything, tenantsQuery, type Wanted } from './queries.ts';
import { SearchBox } from './search-box.tsx';
import { StateFilter } from './state-filter.tsx';
import { TenantTable, TenantTableSkeleton } from './tenant-table.tsx';
import { TierFilter } from './tier-filter.tsx';

/** Every tenant of the installation: found, narrowed and sorted by the server, page after page. */
export function Tenants() {
  const [wanted, setWanted] = useState(everything);
  const query = useInfiniteQuery({
    ...tenantsQuery(useAdmin(), wanted),
    placeholderData: keepPreviousData,
    // Nobody tells the superadmin's page what changes.
    refetchInterval: 30_000,
  });
  const { data, isError, error, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const tenants = data?.pages.flatMap((page) => page.tenants);
  const change = (changed: Partial<Wanted>) => setWanted((before) => ({ ...before, ...changed }));
  return (
    <>
      <header className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-xl font-semibold text-strong">Tenants</h1>
        <p role="status" className="num flex-1 text-sm text-muted">
          {data && <Counted count={data.pages[0]?.total ?? 0} />}
        </p>
        <TierFilter tier={wanted.tier} onChange={(tier) => change({ tier })} />
        <StateFilter state={wanted.state} onChange={(state) => change({ state })} />
        <CreateTenant />
        <SearchBox onSearch={(search) => search !== wanted.search && change({ search })} />
      </header>
      <section aria-label="All tenants" className="mt-4 rounded-md border border-line bg-surface-1">
        {isError && !tenants ? (
          <ErrorState
            title="The tenants could not be loaded"
            message={wordsOf(error)}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        ) : !tenants ? (
          <TenantTableSkeleton />
        ) : tenants.length > 0 ? (
          <TenantTable tenants={tenants} order={wanted.order} onOrder={(order) => change({ order })} />
        ) : wanted.search === '' && wanted.state === null && wanted.tier === null ? (
          <EmptyState icon={Building2} title="No tenants yet">
            A tenant is a customer with numbers, members and leads of its own. It shows here once it is made.
          </EmptyState>
        ) : (
          <NoMatch {...wanted} />
        )}
      </section>
      {hasNextPage && (
        <p className="mt-3 text-center">
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()} className="max-[899px]:h-11">
            Show more
          </Button>
        </p>
      )}
      <p className="mt-2 px-5 text-xs text-muted max-[899px]:px-4">
        Times are in UTC. Messages are counted in and out, by the tenant’s own days.
      </p>
    </>
  );
}

function NoMatch({ search, state, tier }: Wanted) {
  return (
    <EmptyState icon={Search} title="No tenant matches">
      {search === '' ? (
        `None has ${state && tier ? 'this state and tier' : tier ? 'this tier' : 'this state'}.`
      ) : (
        <>
          No name, slug or owner contains “<span className="wrap-anywhere">{search.slice(0, 100)}</span>”
          {(state ?? tier) && ' among those chosen'}.
        </>
      )}
    </EmptyState>
  );
}
