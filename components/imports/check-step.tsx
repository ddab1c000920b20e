'use client';
import { ShieldQuestionMark } from 'lucide-react';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { cx } from '#components/ui/cx.ts';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { FileLine } from './file-line.tsx';
import { Frame } from './import-frame.tsx';
import { number, rows } from './import-words.ts';
import { type OpenImport, type Options, useImportDeeds } from './imports.ts';
import { Problems } from './problems.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { Waits } from './waits.tsx';

type Props = { shown: OpenImport; onBack: () => void; onLeave: () => void };

/** What would become of each row, and what to do with leads that are known; nothing is written yet. */
export function CheckStep({ shown, onBack, onLeave }: Props) {
  const { slug: tenant } = useMember();
  const { run, cancel } = useImportDeeds();
  const [onKnown, setOnKnown] = useState<Options['onKnown']>(shown.options.onKnown);
  const [label, setLabel] = useState(shown.options.label ?? '');
  const [isFast, setFast] = useState(false);
  const { id, state, created, doubled, refused, format } = shown;
  const { known } = format;
  const isReady = state === 'checked';
  const changing = { fill: known.fill, overwrite: known.overwrite, leave: 0 }[onKnown];
  const tiles = [
    ['New', created, 'will be added'],
    ['Already known', changing, 'will change'],
    [
      'Unchanged',
      known.all - changing + doubled,
      doubled > 0 ? `${number(doubled)} twice in the file` : 'nothing to do',
    ],
    ['Refused', refused, refused > 0 ? 'listed below, not imported' : 'all rows can be read'],
  ] as const;
  const hasConsent = shown.options.columns.some(({ to }) => to === 'consent');
  return (
    <Frame
      step={2}
      actions={
        <>
          {isReady ? (
            <Button onClick={onBack} className="max-[899px]:h-11">
              Back
            </Button>
          ) : (
            <Button
              busy={cancel.isPending}
              onClick={() => cancel.mutate({ tenant, id }, { onSuccess: onLeave })}
              className="max-[899px]:h-11"
            >
              Cancel
            </Button>
          )}
          {isReady && (
            <span className="num px-1 text-sm text-muted max-[899px]:hidden">{rows(created + changing)}</span>
          )}
          <Button
            look="primary"
            disabled={!isReady || format.quota !== null}
            busy={run.isPending}
            onClick={() =>
              run.mutate({
                tenant,
                id,
                onKnown,
                pace: isFast ? 'full' : 'gentle',
                label: label.trim() || null,
              })
            }
            className="max-[899px]:h-11"
          >
            Import
          </Button>
        </>
      }
    >
      <FileLine shown={shown} />
      {!isReady && (
        <div className="mt-4">
          <p className="mb-2 text-sm text-normal">Checking each row. Nothing is written yet.</p>
          <ProgressBar label="Checked" done={shown.lines} total={shown.linesTotal ?? 0} />
          <Waits />
        </div>
      )}
      {(run.error ?? cancel.error) && (
        <Notice tone="danger" className="mt-4">
          {wordsOf(run.error ?? cancel.error)}
        </Notice>
      )}
      {format.quota && (
        <Notice tone="danger" className="mt-4">
          {format.quota}
        </Notice>
      )}
      <dl className="mt-4 grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line min-[900px]:grid-cols-4">
        {tiles.map(([name, count, words]) => (
          <div key={name} className="bg-surface-1 px-5 py-4 max-[899px]:px-4 max-[899px]:py-3">
            <dt className="text-sm text-muted">{name}</dt>
            <dd
              className={cx(
                'num mt-1 text-2xl font-semibold',
                name === 'Refused' && count > 0 ? 'text-danger' : 'text-strong',
              )}
            >
              {number(count)}
            </dd>
            <dd className="text-xs text-muted">{words}</dd>
          </div>
        ))}
      </dl>
      {isReady && (
        <div className="mt-8 grid gap-8 min-[1100px]:grid-cols-[1fr_400px]">
          <div className="min-w-0 space-y-8">
            <Problems shown={shown} kind="refused" />
            <Problems shown={shown} kind="warned" />
            <Problems shown={shown} kind="doubled" />
          </div>
          <div>
            {known.all > 0 && <KnownChoice known={known} value={onKnown} onChange={setOnKnown} />}
            <section className="mt-6" aria-labelledby="all">
              <h2 id="all" className="text-lg font-semibold text-strong">
                For all of them
              </h2>
              <Field
                className="mt-3"
                label="Label"
                hint="They get it beside the labels that they have. Empty: none."
                value={label}
                maxLength={60}
                onChange={({ target }) => setLabel(target.value)}
              />
              <FastChoice checked={isFast} onChange={setFast} />
              {!hasConsent && (
                <p className="mt-4 flex items-start gap-2 text-sm text-normal">
                  <ShieldQuestionMark aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
                  Marketing consent stays “not asked”, because the file has no consent column.
                </p>
              )}
            </section>
          </div>
        </div>
      )}
    </Frame>
  );
}

function FastChoice({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  const hydrated = useHydrated();
  return (
    <label className="mt-4 flex items-start gap-2 text-sm text-normal">
      <input
        type="checkbox"
        checked={checked}
        disabled={!hydrated}
        onChange={({ target }) => onChange(target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span>
        As fast as possible
        <span className="block text-xs text-muted">
          Otherwise it rests now and then, so that live messages go first.
        </span>
      </span>
    </label>
  );
}

const ways = [
  ['fill', 'Fill in what is empty', 'Keeps every value that is there'],
  ['overwrite', 'Overwrite with the file', 'Names set by hand are replaced too'],
  ['leave', 'Leave as they are', 'Only new leads are added'],
] as const;

type KnownProps = {
  known: OpenImport['format']['known'];
  value: Options['onKnown'];
  onChange: (value: Options['onKnown']) => void;
};

function KnownChoice({ known, value, onChange }: KnownProps) {
  const hydrated = useHydrated();
  const changes = { fill: known.fill, overwrite: known.overwrite, leave: 0 };
  return (
    <section aria-labelledby="known">
      <h2 id="known" className="flex h-8 items-center text-lg font-semibold text-strong">
        {known.all === 1 ? '1 is already known' : `${number(known.all)} are already known`}
      </h2>
      <fieldset className="mt-3 divide-y divide-line overflow-hidden rounded-md border border-line">
        <legend className="sr-only">What to do with known leads</legend>
        {ways.map(([way, title, words]) => (
          <label
            key={way}
            className={cx(
              'flex cursor-pointer gap-3 px-4 py-3',
              way === value ? 'bg-accent-soft' : 'hover:bg-surface-2',
            )}
          >
            <input
              type="radio"
              name="known"
              disabled={!hydrated}
              checked={way === value}
              onChange={() => onChange(way)}
              className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-line-strong bg-surface-1 checked:border-[5px] checked:border-accent"
            />
            <span className="flex-1">
              <span className="block text-sm font-medium text-strong">{title}</span>
              <span className="block text-sm text-normal">{words}</span>
            </span>
            <span className="num text-sm text-normal">{number(changes[way])} change</span>
          </label>
        ))}
      </fieldset>
    </section>
  );
}
