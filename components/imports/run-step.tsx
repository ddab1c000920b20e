'use client';
import { CircleCheck, Info, Undo2, X } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { useGivesWay } from '#components/trpc/use-gives-way.ts';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { useNow } from '#components/ui/use-now.tsx';
import { FileLine } from './file-line.tsx';
import { Frame } from './import-frame.tsx';
import { leftWords, number, resultWords, rows, undoneWords } from './import-words.ts';
import { type OpenImport, useImportDeeds } from './imports.ts';
import { canUndo, UndoDialog } from './ledger.tsx';
import { Problems } from './problems.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { Waits } from './waits.tsx';

type Props = { shown: OpenImport; onLeave: () => void };

/** How far it is, then what came of it, and the way back. */
export function RunStep({ shown, onLeave }: Props) {
  const { slug } = useMember();
  const isRunning = shown.state === 'running';
  return (
    <Frame
      step={3}
      actions={
        <>
          {!isRunning && (
            <Button onClick={onLeave} className="max-[899px]:h-11">
              Another file
            </Button>
          )}
          {/* The cast: the page is part of the same house. */}
          <Link
            href={`/t/${slug}/leads` as Route}
            className={buttonClass('ghost', 'normal', 'max-[899px]:h-11')}
          >
            Back to leads
          </Link>
        </>
      }
    >
      <div className="mx-auto max-w-[672px]">
        <FileLine shown={shown} />
        {isRunning ? <Running shown={shown} /> : <Ended shown={shown} />}
      </div>
    </Frame>
  );
}

function Running({ shown }: { shown: OpenImport }) {
  const { slug: tenant } = useMember();
  const { cancel } = useImportDeeds();
  const now = useNow();
  const waits = useGivesWay('import', true);
  const { lines, startedAt, id } = shown;
  const total = shown.linesTotal ?? 0;
  const seconds = startedAt === null ? 0 : (now.getTime() - new Date(startedAt).getTime()) / 1_000;
  return (
    <>
      <h2 className="num mt-6 text-2xl font-semibold text-strong">
        {waits ? 'Waiting to go on' : `Importing, ${leftWords(lines, total, seconds)}`}
      </h2>
      <div className="mt-4">
        <ProgressBar label="Imported" done={lines} total={total} />
      </div>
      <p className="num mt-2 flex justify-between gap-4 text-sm text-normal">
        <span>
          {number(lines)} of {rows(total)}
        </span>
        {seconds >= 1 && !waits && <span>{number(Math.round(lines / seconds))} rows a second</span>}
      </p>
      <Waits />
      <Counts shown={shown} />
      <p className="mt-4 flex items-start gap-2 text-sm text-normal">
        <Info aria-hidden="true" strokeWidth={1.75} className="mt-0.5 size-4 shrink-0 text-muted" />
        {shown.options.pace === 'gentle'
          ? 'You can leave or reload this page; it goes on. It rests now and then, so that live messages go first.'
          : 'You can leave or reload this page; it goes on.'}
      </p>
      <div className="mt-6 flex flex-wrap items-center gap-3">
        <Button look="danger" icon={X} busy={cancel.isPending} onClick={() => cancel.mutate({ tenant, id })}>
          Cancel import
        </Button>
        <p className="text-sm text-normal">Rows that are already in stay. You can undo them afterwards.</p>
      </div>
      {cancel.error && (
        <Notice tone="danger" className="mt-3">
          {wordsOf(cancel.error)}
        </Notice>
      )}
    </>
  );
}

function Ended({ shown }: { shown: OpenImport }) {
  const [undoing, setUndoing] = useState(false);
  const { state, failure } = shown;
  const hasEnded = state !== 'undoing';
  return (
    <>
      {state === 'failed' && (
        <Notice tone="danger" className="mt-6">
          {failure}
        </Notice>
      )}
      {hasEnded && state !== 'failed' && (
        <div role="status" className="mt-6 flex items-start gap-2 text-lg font-semibold text-strong">
          {state === 'finished' && (
            <CircleCheck
              aria-hidden="true"
              strokeWidth={1.75}
              className="mt-1 size-5 shrink-0 text-success"
            />
          )}
          <span className="num">{state === 'undone' ? undoneWords(shown.undone) : resultWords(shown)}</span>
        </div>
      )}
      {state === 'cancelled' && (
        <p className="mt-1 text-sm text-normal">
          It was cancelled before its end. What is in stays until it is undone.
        </p>
      )}
      {state === 'undoing' && (
        <>
          <p className="mt-6 text-lg font-semibold text-strong">Being undone…</p>
          <Waits />
        </>
      )}
      {shown.startedAt !== null && state !== 'undone' && <Counts shown={shown} />}
      {canUndo(shown) && (
        <Button className="mt-4 max-[899px]:h-11" icon={Undo2} onClick={() => setUndoing(true)}>
          Undo
        </Button>
      )}
      <div className="mt-8 space-y-8">
        <Problems shown={shown} kind="refused" />
        <Problems shown={shown} kind="warned" />
        <Problems shown={shown} kind="doubled" />
      </div>
      {undoing && <UndoDialog row={shown} onClose={() => setUndoing(false)} />}
    </>
  );
}

function Counts({ shown }: { shown: OpenImport }) {
  const lines = [
    ['Added', shown.created],
    ['Updated', shown.updated],
    ['Unchanged', shown.unchanged],
    ['Twice in the file', shown.doubled],
    ['Refused', shown.refused],
  ] as const;
  return (
    <dl className="mt-6 divide-y divide-line border-y border-line text-sm">
      {lines.map(([name, count]) => (
        <div key={name} className="flex justify-between gap-4 py-2.5">
          <dt className="text-normal">{name}</dt>
          <dd
            className={
              name === 'Refused' && count > 0 ? 'num font-medium text-danger' : 'num font-medium text-strong'
            }
          >
            {number(count)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
