'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useAdmin } from '#components/trpc/admin.tsx';
import { wordsOf } from '#components/trpc/errors.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { BusiestCard } from './busiest-card.tsx';
import { Card } from './card.tsx';
import { ExportMenu } from './export-menu.tsx';
import { GivesWay } from './gives-way.tsx';
import { LatencyCard } from './latency-card.tsx';
import { LimitsCard } from './limits-card.tsx';
import { MeasureAgain } from './measure-dialog.tsx';
import { type CapacityView, capacityQuery } from './queries.ts';
import { RatingsCard } from './ratings-card.tsx';
import { RunsTable } from './runs-table.tsx';
import { Sentence } from './sentence.tsx';
import { SoldCard } from './sold-card.tsx';
import { TodayCard } from './today-card.tsx';
import { WhatIfCard } from './what-if-card.tsx';

/** What this installation carries, what of it is sold and used, and what limits it. */
export function CapacityPage() {
  const query = useQuery({ ...capacityQuery(useAdmin()), refetchInterval: 60_000 });
  const { data, isError, error, refetch, isFetching } = query;
  return (
    <>
      <header className="flex min-h-8 items-center gap-2">
        <h1 className="flex-1 text-sm font-medium text-muted">Capacity</h1>
        {data && (
          <>
            <ExportMenu reports={data.reports} />
            {data.measured && (
              <span className="max-[899px]:hidden">
                <MeasureAgain label="Measure again" />
              </span>
            )}
          </>
        )}
      </header>
      {data ? (
        <View view={data} />
      ) : isError ? (
        <ErrorState
          title="The figures could not be loaded"
          message={wordsOf(error)}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      ) : (
        <Loading label="Loading the figures" className="mt-4 space-y-4">
          <Skeleton className="h-16 w-full max-w-2xl" />
          <Skeleton className="h-80 w-full" />
          <Skeleton className="h-60 w-full" />
        </Loading>
      )}
    </>
  );
}

function View({ view }: { view: CapacityView }) {
  const { measured, traffic, runs, busiest } = view;
  return (
    <>
      <Sentence view={view} />
      <GivesWay />
      <div className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-4 min-[1100px]:grid-cols-[minmax(0,1fr)_364px]">
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-4">
          {measured && measured.points.length > 0 && (
            <LatencyCard measured={measured} peak={traffic.yesterdaysPeak} />
          )}
          <SoldCard view={view} />
          <TodayCard view={view} />
          {measured && <LimitsCard measured={measured} />}
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-4">
          <WhatIfCard view={view} />
          {measured && <RatingsCard measured={measured} view={view} />}
          <BusiestCard busiest={busiest} />
        </div>
      </div>
      <div className="mt-4">
        <Card
          title="Runs"
          action={
            <Link href="/admin/capacity/runs" className={buttonClass('ghost', 'small')}>
              All {runs.total}
            </Link>
          }
        >
          {runs.runs.length === 0 ? (
            <p className="text-sm text-normal">None yet. A run is a file that a load test writes.</p>
          ) : (
            <RunsTable runs={runs.runs} />
          )}
        </Card>
      </div>
    </>
  );
}
