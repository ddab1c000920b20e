'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Download, ScrollText, Search } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { wordsOf } from '#components/trpc/errors.ts';
import { useNews } from '#components/trpc/live.tsx';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { type AuditFilter, filterQuery, readFilter } from './audit-filter.ts';
import { AuditList } from './audit-list.tsx';
import { FilterBar } from './filter-bar.tsx';

/** Who did what, when, from where. The filter is in the address, so that it can be kept and passed on. */
export function AuditRoom() {
  const { slug, may } = useMember();
  const params = useSearchParams();
  const filter = readFilter((name) => params.get(name));
  const change = (changed: Partial<AuditFilter>) =>
    window.history.replaceState(null, '', filterQuery({ ...filter, ...changed }) || window.location.pathname);
  if (!may.includes('audit.view'))
    return (
      <>
        <h1 className="text-xl font-semibold text-strong">Audit log</h1>
        <p className="mt-1 text-sm text-normal">
          Owners and admins can read who changed what. Ask one of them if you need to know.
        </p>
      </>
    );
  return (
    <>
      <header className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="flex-1 text-xl font-semibold text-strong">Audit log</h1>
        {may.includes('audit.export') && <ExportButton slug={slug} filter={filter} />}
      </header>
      <FilterBar filter={filter} onChange={change} />
      <Entries
        filter={filter}
        onClear={() => change({ who: null, what: null, firstDay: null, lastDay: null })}
      />
    </>
  );
}

/** A plain form: the browser takes the file as it comes, however long it is. */
function ExportButton({ slug, filter }: { slug: string; filter: AuditFilter }) {
  return (
    <form method="post" action={`/api/t/${slug}/audit.csv`}>
      {Object.entries(filter).map(
        ([name, value]) => value !== null && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <Button type="submit" icon={Download} className="max-[899px]:h-11">
        Export as CSV
      </Button>
    </form>
  );
}

function Entries({ filter, onClear }: { filter: AuditFilter; onClear: () => void }) {
  const query = useEntries(filter);
  const { data, isError, error, refetch, isFetching } = query;
  const rows = data?.pages.flatMap((page) => page.rows);
  const isFiltered = Object.values(filter).some((value) => value !== null);
  return (
    <>
      <section aria-label="Entries" className="mt-4 rounded-md border border-line bg-surface-1">
        {isError && !rows ? (
          <ErrorState
            title="The log could not be loaded"
            message={wordsOf(error)}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        ) : !rows ? (
          <ListSkeleton />
        ) : rows.length > 0 ? (
          <AuditList rows={rows} />
        ) : isFiltered ? (
          <EmptyState
            icon={Search}
            title="Nothing matches"
            action={<Button onClick={onClear}>Show everything</Button>}
          >
            No entry is by this person, about this, in this time.
          </EmptyState>
        ) : (
          <EmptyState icon={ScrollText} title="Nothing yet">
            Whoever changes members, numbers, scripts or settings, or exports something, is written down here.
          </EmptyState>
        )}
      </section>
      {query.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
    </>
  );
}

function useEntries(filter: AuditFilter) {
  const { slug } = useMember();
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(
      { tenant: slug, ...filter },
      {
        getNextPageParam: (page) => page.next,
        placeholderData: keepPreviousData,
        // What is written here is seldom told by news.
        staleTime: 5_000,
      },
    ),
  );
  useNews(({ conversations }) => void (conversations === null && query.refetch()));
  return query;
}

function ListSkeleton() {
  return (
    <Loading label="Loading the log" className="divide-y divide-line">
      <div className="h-9" />
      {[0, 1, 2, 3, 4].map((row) => (
        <div key={row} className="flex h-14 items-center gap-6 px-5 max-[899px]:px-4">
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-4 w-56" />
        </div>
      ))}
    </Loading>
  );
}
