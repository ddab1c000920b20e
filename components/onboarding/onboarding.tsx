'use client';
import { useSearchParams } from 'next/navigation';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import type { Progress } from '#components/trpc/types.ts';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { BusinessStep } from './business-step.tsx';
import { Checklist } from './checklist.tsx';
import { CloseButton } from './close-button.tsx';
import { Finished } from './finished.tsx';
import { LeadsStep } from './leads-step.tsx';
import { NumberStep } from './number-step.tsx';
import { ScriptStep } from './script-step.tsx';
import { progressWords, type StepId, shownSteps, stepIds } from './steps.ts';
import { TestStep } from './test-step.tsx';
import { useProgress } from './use-progress.ts';

/** The way from a new tenant to its first answered message. Where one is follows from what is there, unless one looks back. */
export function Onboarding() {
  const { data: progress, isError, error, refetch, isFetching } = useProgress();
  return (
    <div className="relative min-w-0 flex-1 overflow-y-auto bg-surface-0">
      {progress ? (
        <Steps progress={progress} />
      ) : (
        <>
          <h1 className="sr-only">Get started</h1>
          {isError ? (
            <ErrorState
              title="The first steps could not be loaded"
              message={wordsOf(error)}
              onRetry={() => void refetch()}
              retrying={isFetching}
            />
          ) : (
            <Loading label="Loading the first steps" className="mx-auto max-w-[1032px] space-y-4 px-6 py-8">
              <Skeleton className="h-6 w-64" />
              <Skeleton className="h-72 w-full" />
            </Loading>
          )}
        </>
      )}
    </div>
  );
}

function Steps({ progress }: { progress: Progress }) {
  const { slug, name, timeZone } = useMember();
  const asked = useSearchParams().get('step');
  const steps = shownSteps(progress, { name, timeZone });
  const current =
    stepIds.find((id) => id === asked) ?? steps.find(({ state }) => state === 'open')?.id ?? undefined;
  const isAllDone = steps.every(({ state }) => state !== 'open');
  return (
    <Checklist
      title={isAllDone ? 'You are set up' : 'Get started'}
      words={progressWords(steps, progress.demo)}
      steps={steps}
      current={current}
      pathOf={(step) => `/t/${slug}/onboarding?step=${step}`}
      action={!isAllDone && <CloseButton isClosed={progress.closed} />}
    >
      <StepBody step={current} progress={progress} />
    </Checklist>
  );
}

function StepBody({ step, progress }: { step: StepId | undefined; progress: Progress }) {
  switch (step) {
    case 'business':
      return <BusinessStep />;
    case 'number':
      return <NumberStep progress={progress} />;
    case 'leads':
      return <LeadsStep progress={progress} />;
    case 'script':
      return <ScriptStep progress={progress} />;
    case 'test':
      return <TestStep progress={progress} />;
    case undefined:
      return <Finished progress={progress} />;
  }
}
