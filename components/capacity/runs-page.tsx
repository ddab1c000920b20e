'use client';
import { useQuery } from '@tanstack/react-query';
import { Gauge } from 'lucide-react';
import { useState } from 'react';
import { useAdmin } from '#components/trpc/admin.tsx';
import { wordsOf } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { AddRun } from './add-run.tsx';
import { BackLink } from './back-link.tsx';
import { Card } from './card.tsx';
import { Comparison } from './comparison.tsx';
import { MeasureAgain } from './measure-dialog.tsx';
import { type Run, runsQuery } from './queries.ts';
import { RunsTable } from './runs-table.tsx';
import { useDeeds } from './use-deeds.ts';

/** Every measured run: brought in, held against each other, and one of them in use. */
export function RunsPage() {
  const { data, isError, error, refetch, isFetching } = useQuery(runsQuery(useAdmin()));
  return (
    <>
      <BackLink />
      <header className="mt-1 flex flex-wrap items-center gap-2">
        <h1 className="flex-1 text-xl font-semibold text-strong">Load runs</h1>
        <MeasureAgain label="Measure" />
        <AddRun />
      </header>
      <div className="mt-4">
        {data ? (
          <Runs runs={data.runs} />
        ) : isError ? (
          <ErrorState
            title="The runs could not be loaded"
            message={wordsOf(error)}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        ) : (
          <Loading label="Loading the runs">
            <Skeleton className="h-60 w-full" />
          </Loading>
        )}
      </div>
    </>
  );
}

function Runs({ runs }: { runs: Run[] }) {
  const [compared, setCompared] = useState<string[]>([]);
  const { chooseRun, removeRun } = useDeeds();
  const failed = chooseRun.error ?? removeRun.error;
  // Of two at most; a third takes the place of the first.
  const compare = (id: string, on: boolean) =>
    setCompared((before) => (on ? [...before, id].slice(-2) : before.filter((one) => one !== id)));
  if (runs.length === 0)
    return (
      <section aria-label="Runs" className="rounded-md border border-line bg-surface-1">
        <EmptyState icon={Gauge} title="No runs yet">
          A run is a file that a load test writes. The first one that holds is what capacity is sold by.
        </EmptyState>
      </section>
    );
  return (
    <>
      <Card
        title="Measured"
        note={compared.length === 2 ? undefined : 'Choose two to hold them against each other'}
      >
        {failed && (
          <Notice tone="danger" className="mb-3">
            {wordsOf(failed)}
          </Notice>
        )}
        <RunsTable
          runs={runs}
          before={({ id, name }) => (
            <Checkbox
              label={`Compare ${name}`}
              checked={compared.includes(id)}
              onChange={(on) => compare(id, on)}
            />
          )}
          after={({ id, name, inUse }) =>
            !inUse && (
              <>
                <Button
                  size="small"
                  look="ghost"
                  aria-label={`Use ${name}`}
                  busy={chooseRun.isPending && chooseRun.variables.id === id}
                  onClick={() => chooseRun.mutate({ id })}
                >
                  Use
                </Button>
                <Button
                  size="small"
                  look="ghost"
                  aria-label={`Remove ${name}`}
                  busy={removeRun.isPending && removeRun.variables.id === id}
                  onClick={() => {
                    compare(id, false);
                    removeRun.mutate({ id });
                  }}
                >
                  Remove
                </Button>
              </>
            )
          }
        />
        <p className="mt-3 text-xs text-muted">
          Times are in UTC. A run that is removed can be brought in again from its file.
        </p>
      </Card>
      {compared.length === 2 && <Comparison ids={compared} />}
    </>
  );
}
