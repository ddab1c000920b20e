'use client';
import { Check, Minus } from 'lucide-react';
import { cx } from '#components/ui/cx.ts';
import { ShallowLink } from '#components/ui/shallow-link.tsx';
import type { ShownStep, StepId, StepState } from './steps.ts';

type Props = {
  steps: readonly ShownStep[];
  current: StepId | undefined;
  pathOf: ((step: StepId) => string) | undefined;
};

/** What is done, where one is, what is ahead. */
export function StepList({ steps, current, pathOf }: Props) {
  return (
    <nav aria-label="Steps">
      <ol className="space-y-1">
        {steps.map((step, index) => {
          const isHere = step.id === current;
          const look = cx(
            'flex min-h-14 items-center gap-3 rounded-md border px-3 py-2',
            isHere ? 'border-line bg-surface-1' : 'border-transparent',
            pathOf && !isHere && 'hover:bg-surface-2',
          );
          const face = <Face step={step} number={index + 1} isHere={isHere} />;
          return (
            <li key={step.id}>
              {pathOf ? (
                <ShallowLink
                  href={pathOf(step.id)}
                  aria-current={isHere ? 'step' : undefined}
                  className={look}
                >
                  {face}
                </ShallowLink>
              ) : (
                <div aria-current={isHere ? 'step' : undefined} className={look}>
                  {face}
                </div>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function Face({ step, number, isHere }: { step: ShownStep; number: number; isHere: boolean }) {
  return (
    <>
      <Mark state={step.state} number={number} isHere={isHere} />
      <span className="min-w-0 flex-1">
        <span className="block text-base font-medium text-strong">
          {step.title}
          {step.state !== 'open' && (
            <span className="sr-only">{step.state === 'done' ? ', done' : ', put off'}</span>
          )}
        </span>
        <span className="block truncate text-sm text-muted">
          <bdi>{step.detail}</bdi>
        </span>
      </span>
    </>
  );
}

function Mark({ state, number, isHere }: { state: StepState; number: number; isHere: boolean }) {
  const Icon = state === 'done' ? Check : Minus;
  return (
    <span
      aria-hidden="true"
      className={cx(
        'num grid size-6 shrink-0 place-items-center rounded-full text-xs font-semibold',
        state === 'done'
          ? 'bg-success-soft text-success'
          : isHere
            ? 'bg-accent text-on-accent'
            : 'bg-surface-3 text-muted',
      )}
    >
      {state === 'open' ? number : <Icon strokeWidth={2} className="size-3.5" />}
    </span>
  );
}
