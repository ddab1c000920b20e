'use client';
import type { ReactNode } from 'react';
import { StepList } from './step-list.tsx';
import type { ShownStep, StepId } from './steps.ts';

type Props = {
  title: string;
  /** How far it is. */
  words: string;
  steps: readonly ShownStep[];
  current: StepId | undefined;
  /** Where a step is shown; without it the steps are only a list. */
  pathOf?: (step: StepId) => string;
  action?: ReactNode;
  children: ReactNode;
};

/** The steps, and beside them the one that is open. */
export function Checklist({ title, words, steps, current, pathOf, action, children }: Props) {
  return (
    <div className="mx-auto w-full max-w-[1032px] px-6 py-8 max-[899px]:px-4 max-[899px]:py-6">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1">
          <h1 className="text-xl font-semibold text-strong">{title}</h1>
          <p className="num mt-1 text-sm text-normal">{words}</p>
        </div>
        {action}
      </header>
      <div className="mt-6 grid items-start gap-8 max-[899px]:gap-6 min-[900px]:grid-cols-[17rem_minmax(0,1fr)]">
        <StepList steps={steps} current={current} pathOf={pathOf} />
        {children}
      </div>
    </div>
  );
}
