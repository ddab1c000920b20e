'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { SignedInProvider, useTRPC } from '#components/trpc/provider.tsx';
import { Brand } from '#components/ui/brand.tsx';
import { guessLanguage } from '#components/ui/language-field.tsx';
import { guessTimeZone } from '#components/ui/time-zone-field.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { Checklist } from './checklist.tsx';
import { ConfirmFirst } from './confirm-first.tsx';
import { FactsForm } from './facts-form.tsx';
import { SignOut } from './sign-out.tsx';
import { StepPanel } from './step-panel.tsx';
import { newSteps, progressWords } from './steps.ts';

type Props = {
  email: string;
  isConfirmed: boolean;
  /** Whether letters end on a page of their own, because there is no mail server. */
  hasOutbox: boolean;
  /** Where who asks has been before; null for who has no tenant yet. */
  back: { name: string; path: string } | null;
  demo: boolean;
};

/** The first step, which makes the tenant that the others belong to. */
export function CreateBusiness({ email, isConfirmed, hasOutbox, back, demo }: Props) {
  return (
    <SignedInProvider>
      <main className="min-h-dvh bg-surface-0">
        <div className="mx-auto flex w-full max-w-[1032px] flex-wrap items-center gap-x-4 gap-y-2 px-6 pt-6 max-[899px]:px-4">
          <div className="flex-1">
            <Brand />
          </div>
          {back && (
            // Another tenant is another document.
            <a href={back.path} className="text-sm text-accent-text hover:underline">
              Back to <bdi>{back.name}</bdi>
            </a>
          )}
          <p className="max-w-full truncate text-sm text-muted">{email}</p>
          {!back && <SignOut />}
        </div>
        <Checklist
          title={back ? 'New business' : 'Set up your business'}
          words={progressWords(newSteps, demo)}
          steps={newSteps}
          current="business"
        >
          <Confirmed initially={isConfirmed} otherwise={<ConfirmFirst email={email} hasOutbox={hasOutbox} />}>
            <StepPanel
              title="Your business"
              lead={
                back
                  ? 'It has numbers, members and leads of its own, apart from those of your other businesses.'
                  : 'You can change all of this later, in the settings. If a colleague has invited you, open the link in their e-mail instead.'
              }
            >
              <Create />
            </StepPanel>
          </Confirmed>
        </Checklist>
      </main>
    </SignedInProvider>
  );
}

type ConfirmedProps = { initially: boolean; otherwise: ReactNode; children: ReactNode };

/** The letter's link may be opened anywhere, so this page asks until it was. */
function Confirmed({ initially, otherwise, children }: ConfirmedProps) {
  const { data } = useQuery({
    ...useTRPC().account.mine.queryOptions(),
    enabled: !initially,
    refetchInterval: ({ state }) => (state.data?.isConfirmed ? false : 3_000),
  });
  return initially || data?.isConfirmed ? children : otherwise;
}

function Create() {
  const router = useRouter();
  const trpc = useTRPC();
  const hydrated = useHydrated();
  const create = useMutation(
    trpc.onboarding.create.mutationOptions({ onSuccess: ({ slug }) => router.push(`/t/${slug}/onboarding`) }),
  );
  // The server does not know where the browser is.
  const guess = hydrated
    ? { timeZone: guessTimeZone(), language: guessLanguage() }
    : { timeZone: 'UTC', language: 'en' };
  return (
    <FactsForm
      known={{ name: '', ...guess }}
      label="Create and go on"
      // Until the next page is there: a second click would make a second one.
      isPending={create.isPending || create.isSuccess}
      error={create.error}
      onSubmit={(facts) => create.mutate(facts)}
    />
  );
}
