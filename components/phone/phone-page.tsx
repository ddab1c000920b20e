'use client';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { PhoneOff } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Handset } from './handset.tsx';
import { MetaBehaviour } from './meta-behaviour.tsx';
import { PageHeader } from './page-header.tsx';
import { type Pane, PaneSwitch, paneClass } from './pane-switch.tsx';
import { People } from './people.tsx';
import { makeSimClient, numbersQuery, peopleQuery } from './sim.ts';
import { useChoice } from './use-choice.ts';
import { useLive } from './use-live.ts';
import { WireLog } from './wire-log.tsx';

/** A lead's phone, beside what Meta and Parley said to each other about it. */
export function PhonePage() {
  const [client] = useState(makeSimClient);
  return (
    <QueryClientProvider client={client}>
      <Phone />
    </QueryClientProvider>
  );
}

function Phone() {
  const isLive = useLive();
  const [choice, choose] = useChoice();
  const [pane, setPane] = useState<Pane>('phone');
  const numbers = useQuery(numbersQuery);
  const number = numbers.data?.find(({ phoneNumberId }) => phoneNumberId === choice.to) ?? numbers.data?.[0];
  const people = useQuery({ ...peopleQuery(number?.phoneNumberId ?? ''), enabled: number !== undefined });
  const person = people.data?.find(({ address }) => address === choice.as) ?? people.data?.[0];
  const failed = [numbers, people].find(({ isError, data }) => isError && data === undefined);

  return (
    <div className="flex h-dvh min-h-120 flex-col bg-surface-0">
      <PageHeader
        isLive={isLive}
        numbers={numbers.data ?? []}
        number={number}
        onChoose={(to) => choose({ to })}
      />
      <PaneSwitch pane={pane} onChange={setPane} />
      {failed ? (
        <main className="flex-1">
          <ErrorState
            title="The phone could not be shown"
            message={`${failed.error?.message} It starts together with Parley; see whether it still runs.`}
            onRetry={() => void failed.refetch()}
            retrying={failed.isFetching}
          />
        </main>
      ) : numbers.data?.length === 0 ? (
        <main className="flex-1">
          <EmptyState icon={PhoneOff} title="No number to write to">
            A number that Parley uses at the simulated Meta shows here. `npm start` brings some along.
          </EmptyState>
        </main>
      ) : (
        <main className="mx-auto grid min-h-0 w-full max-w-[1240px] flex-1 grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)] px-4 py-4 min-[900px]:grid-cols-[16rem_minmax(0,1fr)_minmax(0,20rem)] min-[900px]:gap-6 min-[900px]:px-6 min-[900px]:py-6 min-[1100px]:grid-cols-[280px_minmax(0,1fr)_400px] min-[1100px]:gap-8">
          <div className={paneClass('people', pane, 'min-h-0 overflow-y-auto')}>
            <People
              people={people.data}
              chosen={person}
              onChoose={({ address }) => {
                choose({ as: address });
                setPane('phone');
              }}
            />
            <MetaBehaviour />
          </div>
          <div className={paneClass('phone', pane, 'flex min-h-0 justify-center')}>
            <Handset number={number} person={person} />
          </div>
          <div className={paneClass('wire', pane, 'flex min-h-0 flex-col')}>
            <WireLog />
          </div>
        </main>
      )}
    </div>
  );
}
