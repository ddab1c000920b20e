'use client';
import { useQuery } from '@tanstack/react-query';
import { Building2, Search } from 'lucide-react';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { findTenants } from './find-tenants.ts';
import { useAdmin } from './provider.tsx';
import { SearchBox } from './search-box.tsx';
import { type TenantRow, TenantTable, TenantTableSkeleton } from './tenant-table.tsx';

type List = { tenants: TenantRow[]; total: number };

/** Every tenant of the installation. `initial` came with the page. */
export function Tenants({ initial }: { initial?: List }) {
  const [words, setWords] = useState('');
  const query = useQuery({
    ...useAdmin().tenants.queryOptions(),
    ...(initial && { initialData: initial }),
    // Nobody tells the superadmin's page what changes.
    refetchInterval: 30_000,
  });
  const { data, isError, error, refetch, isFetching } = query;
  const tenants = data?.tenants;
  const found = findTenants(tenants ?? [], words);
  return (
    <>
      <header className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-xl font-semibold text-strong">Tenants</h1>
        <p role="status" className="num flex-1 text-sm text-muted">
          {data && countOf(found.length, data)}
        </p>
        <SearchBox value={words} onChange={setWords} />
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
        ) : tenants.length === 0 ? (
          <EmptyState icon={Building2} title="No tenants yet">
            A tenant is a customer with numbers, members and leads of its own. It shows here once it is made.
          </EmptyState>
        ) : found.length === 0 ? (
          <EmptyState
            icon={Search}
            title="No tenant matches"
            action={
              <Button onClick={() => setWords('')} className="max-[899px]:h-11">
                Show all {tenants.length}
              </Button>
            }
          >
            No name, slug or owner contains “
            <span className="wrap-anywhere">{words.trim().slice(0, 100)}</span>”.
          </EmptyState>
        ) : (
          <TenantTable tenants={found} />
        )}
      </section>
      <p className="mt-2 px-5 text-xs text-muted max-[899px]:px-4">Times are in UTC.</p>
    </>
  );
}

function countOf(found: number, { tenants, total }: List): string {
  const all = total.toLocaleString('en');
  if (tenants.length < total)
    return `${found.toLocaleString('en')} of the newest ${tenants.length}, of ${all}`;
  return found === total ? all : `${found.toLocaleString('en')} of ${all}`;
}
