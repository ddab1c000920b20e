'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import type { Progress } from '#components/trpc/types.ts';
import { Button } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Loading, Skeleton } from '#components/ui/skeleton.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { NextLink, useGoOn } from './next-link.tsx';
import { ScriptPreview } from './script-preview.tsx';
import { StepPanel } from './step-panel.tsx';
import { useRefreshProgress } from './use-progress.ts';

/** Which script the bot begins with, read as a conversation before it is chosen. */
export function ScriptStep({ progress }: { progress: Progress }) {
  const { slug, language } = useMember();
  const trpc = useTRPC();
  const refresh = useRefreshProgress();
  const goOn = useGoOn();
  const { data, isError, error, refetch, isFetching } = useQuery(
    trpc.onboarding.starters.queryOptions({ tenant: slug }),
  );
  const [chosen, setChosen] = useState<string>();
  const choose = useMutation(
    trpc.onboarding.chooseScript.mutationOptions({
      onSuccess: async () => {
        await refresh();
        goOn();
      },
    }),
  );
  const isDone = progress.steps.some(({ id, state }) => id === 'script' && state === 'done');
  const starter =
    data?.starters.find(({ id }) => id === chosen) ??
    data?.starters.find(({ name }) => name === progress.script) ??
    data?.starters[0];
  const isOn = isDone && starter?.name === progress.script;

  return (
    <StepPanel
      title="Switch on the bot"
      lead="The bot answers what comes in, at once and at any hour, and calls your team when somebody wants a person. It follows a script; choose one to begin with. You need nothing from Meta for it."
      actions={
        starter && (
          <>
            {!isOn && (
              <Button
                look="primary"
                busy={choose.isPending}
                className="max-[899px]:h-11"
                onClick={() => choose.mutate({ tenant: slug, starter: starter.id })}
              >
                Use this script
              </Button>
            )}
            {isDone && <NextLink />}
          </>
        )
      }
    >
      {isError && !data && (
        <ErrorState
          title="The scripts could not be loaded"
          message={wordsOf(error)}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {!data && !isError && (
        <Loading label="Loading the scripts" className="space-y-2">
          <Skeleton className="h-16 w-full" />
          <Skeleton className="h-16 w-full" />
          <Skeleton className="h-16 w-full" />
        </Loading>
      )}
      {choose.isError && (
        <Notice tone="danger" className="mb-4">
          {wordsOf(choose.error)}
        </Notice>
      )}
      {data && starter && (
        <div className="grid gap-5 min-[1100px]:grid-cols-2">
          <div>
            <Choices
              starters={data.starters}
              chosen={starter.id}
              inUse={progress.script}
              onChoose={setChosen}
            />
            {data.language !== language.split('-')[0] && (
              <p className="mt-3 text-xs text-muted">
                There are no words for {languageName(language)} yet, so these scripts are in English.
              </p>
            )}
          </div>
          <ScriptPreview name={starter.name} language={data.language} bubbles={starter.preview} />
        </div>
      )}
    </StepPanel>
  );
}

type ChoicesProps = {
  starters: readonly { id: string; name: string; summary: string }[];
  chosen: string;
  /** The name of the script that is published already. */
  inUse: string | null;
  onChoose: (id: string) => void;
};

function Choices({ starters, chosen, inUse, onChoose }: ChoicesProps) {
  const group = useId();
  const hydrated = useHydrated();
  return (
    <fieldset className="space-y-2">
      <legend className="sr-only">Script</legend>
      {starters.map(({ id, name, summary }) => (
        <label
          key={id}
          className="flex cursor-pointer gap-3 rounded-md border border-line p-3 hover:bg-surface-2 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={group}
            checked={id === chosen}
            disabled={!hydrated}
            onChange={() => onChoose(id)}
            aria-describedby={`${group}-${id}`}
            className="mt-1 size-4 shrink-0 accent-(--color-accent) outline-none"
          />
          <span className="min-w-0">
            <span className="block text-base font-medium text-strong">
              {name}
              {name === inUse && <span className="ms-2 text-xs font-normal text-muted">in use</span>}
            </span>
            <span id={`${group}-${id}`} className="mt-0.5 block text-sm text-normal">
              {summary}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

const languageName = (tag: string) => new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;
