'use client';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, RefreshCw } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { codeOf, wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import type { Connecting } from '#components/trpc/types.ts';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { phoneWords } from '#components/ui/phone-words.ts';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { CheckLine } from './check-line.tsx';
import { checkRows } from './check-rows.ts';
import { ConnectFrame } from './connect-frame.tsx';
import { FirstMessageLines } from './first-message-lines.tsx';
import { useChecks } from './use-checks.ts';

/** One number: what was checked, what is to be done, and in the end a word from a real phone. */
export function CheckPage({ id }: { id: string }) {
  const { slug: tenant } = useMember();
  const trpc = useTRPC();
  const query = useQuery(trpc.connect.number.queryOptions({ tenant, id }));
  const { data, isError, error, refetch, isFetching } = query;
  if (data) return <NumberChecks key={id} number={data} />;
  return (
    <ConnectFrame words="The checks of one number.">
      {isError ? (
        codeOf(error) === 'NOT_FOUND' ? (
          <Notice tone="neutral">
            This number is no longer being connected.{' '}
            <Link href={`/t/${tenant}/channels/connect` as Route} className="text-accent-text underline">
              Begin again
            </Link>
          </Notice>
        ) : (
          <ErrorState
            title="This could not be loaded"
            message={wordsOf(error)}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        )
      ) : (
        <Loading label="Loading">
          <Skeleton className="h-96 w-full" />
        </Loading>
      )}
    </ConnectFrame>
  );
}

function NumberChecks({ number }: { number: Connecting }) {
  const { slug: tenant } = useMember();
  const isConnected = number.channel !== null;
  const { results, running, refused, start } = useChecks(number.id, number.results, !isConnected);
  const rows = checkRows(results, running, isConnected);
  const count = rows.filter(({ look }) => look === 'passed' || look === 'warning').length;
  const phone = number.demo ? 'the simulated phone' : 'a real phone';
  const heading = number.phone ? phoneWords(number.phone) : `Number ${number.phoneNumberId}`;
  return (
    <ConnectFrame
      words={
        isConnected
          ? `Connected. One thing is left: a message from ${phone}.`
          : `${count} of 8 checks passed, then a message from ${phone}`
      }
    >
      <section aria-labelledby="number" className="rounded-md border border-line bg-surface-1">
        <header className="flex flex-wrap items-center gap-3 border-b border-line px-5 py-4">
          <div className="min-w-0 flex-1">
            <h2 id="number" className="num text-lg font-semibold text-strong">
              {heading}
            </h2>
            <p role="status" className="flex items-center gap-1.5 text-sm text-muted">
              {isConnected && (
                <CircleCheck aria-hidden="true" strokeWidth={1.75} className="size-4 text-success" />
              )}
              {number.name && <bdi>{number.name} ·</bdi>}
              {running ? 'Checking' : isConnected ? 'Connected' : 'Not connected yet'}
            </p>
          </div>
          {isConnected ? (
            <Link
              href={`/t/${tenant}/channels` as Route}
              className={buttonClass('secondary', 'normal', 'max-[899px]:h-11')}
            >
              To the channels
            </Link>
          ) : (
            <Button icon={RefreshCw} busy={running} onClick={() => void start()} className="max-[899px]:h-11">
              Check again
            </Button>
          )}
        </header>
        {refused && (
          <div className="px-5 pt-4">
            <Notice tone="danger">{refused}</Notice>
          </div>
        )}
        <ol aria-label="Checks" className="divide-y divide-line">
          {rows.map((row) => (
            <CheckLine key={row.check} row={row} number={number} onMended={() => void start()} />
          ))}
          <FirstMessageLines number={number} />
        </ol>
      </section>
      {!isConnected && number.callbackUrl && (
        <p className="text-xs wrap-anywhere text-muted">
          Messages of this number will come to <span className="font-mono">{number.callbackUrl}</span>; the
          checks enter this address at Meta.
        </p>
      )}
    </ConnectFrame>
  );
}
