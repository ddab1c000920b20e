'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useAdmin } from '#components/trpc/admin.tsx';
import { wordsOf } from '#components/trpc/errors.ts';
import type { AppRouter } from '#components/trpc/types.ts';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { Card, Cell, Head, RowHead, rowClass, TableBox } from './card.tsx';
import { count, lasting, milliseconds, rate } from './words.ts';

type Compared = inferRouterOutputs<AppRouter>['admin']['capacity']['compare'][number];
type Line = { label: string; of: (run: Compared) => number | null; words: (value: number) => string };

const lines: Line[] = [
  { label: 'Active conversations a day', of: ({ active }) => active, words: count },
  { label: 'Sold by', of: (run) => run.rate, words: rate },
  { label: 'Knee', of: ({ capacity }) => capacity?.knee?.value ?? null, words: rate },
  { label: 'Peak', of: ({ capacity }) => capacity?.peak.value ?? null, words: rate },
  { label: 'Carried', of: ({ carried }) => carried, words: rate },
  { label: 'p95 there', of: ({ p95 }) => p95, words: milliseconds },
  { label: 'Lost', of: ({ lost }) => lost, words: count },
  { label: 'Length', of: ({ seconds }) => seconds, words: lasting },
];

/** Two runs side by side, counted alike: in messages, in and out. */
export function Comparison({ ids }: { ids: string[] }) {
  const admin = useAdmin();
  const query = useQuery({
    ...admin.capacity.compare.queryOptions({ ids }),
    placeholderData: keepPreviousData,
  });
  const [first, second] = query.data ?? [];
  return (
    <div className="mt-4">
      <Card title="Side by side" note="Messages a second, in and out">
        {query.isError ? (
          <ErrorState title="They could not be compared" message={wordsOf(query.error)} />
        ) : !first || !second ? (
          <Loading label="Loading the comparison">
            <Skeleton className="h-40 w-full" />
          </Loading>
        ) : (
          <TableBox label="Comparison">
            <table className="w-full text-sm">
              <thead>
                <tr className="border-b border-line">
                  <Head>Figure</Head>
                  <Head end>{first.name}</Head>
                  <Head end>{second.name}</Head>
                  <Head end>Difference</Head>
                </tr>
              </thead>
              <tbody>
                {lines.map(({ label, of, words }) => (
                  <tr key={label} className={rowClass}>
                    <RowHead>{label}</RowHead>
                    <Cell end>{shown(of(first), words)}</Cell>
                    <Cell end>{shown(of(second), words)}</Cell>
                    <Cell end>{difference(of(first), of(second))}</Cell>
                  </tr>
                ))}
                <tr className={rowClass}>
                  <RowHead>Fullest</RowHead>
                  <Cell end>{first.capacity?.fullest ?? '–'}</Cell>
                  <Cell end>{second.capacity?.fullest ?? '–'}</Cell>
                  <Cell />
                </tr>
              </tbody>
            </table>
          </TableBox>
        )}
      </Card>
    </div>
  );
}

const shown = (value: number | null, words: Line['words']) => (value === null ? '–' : words(value));

function difference(one: number | null, other: number | null): string {
  if (one === null || other === null || one === 0) return '–';
  const change = Math.round((other / one - 1) * 100);
  return change === 0 ? 'none' : `${change > 0 ? '+' : '−'}${Math.abs(change).toLocaleString('en')}\u00a0%`;
}
