import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { ScrollText, Search } from 'lucide-react';
import { wordsOf } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { type AuditFilter, noFilter } from './audit-filter.ts';
import { AuditList, type Row } from './audit-list.tsx';

type Props = {
  query: Pick<
    UseInfiniteQueryResult<{ pages: { rows: Row[] }[] }, unknown>,
    'data' | 'isError' | 'error' | 'isFetching' | 'hasNextPage' | 'isFetchingNextPage'
  > & { refetch: () => unknown; fetchNextPage: () => unknown };
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
  timeZone: string;
  /** What is written down here. */
  about: string;
};

/** A log's entries, the newest first, and older ones when they are asked for. */
export function Entries({ query, filter, onChange, timeZone, about }: Props) {
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
          <AuditList {...{ rows, timeZone }} />
        ) : isFiltered ? (
          <EmptyState
            icon={Search}
            title="Nothing matches"
            action={<Button onClick={() => onChange(noFilter)}>Show everything</Button>}
          >
            No entry is by this person, about this, in this time.
          </EmptyState>
        ) : (
          <EmptyState icon={ScrollText} title="Nothing yet">
            {about}
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
