'use client';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import type { Progress } from '#components/trpc/types.ts';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { NextLink, useGoOn } from './next-link.tsx';
import { StepPanel } from './step-panel.tsx';
import { useRefreshProgress } from './use-progress.ts';

/** People come by themselves; whoever has a list brings it as a file. */
export function LeadsStep({ progress }: { progress: Progress }) {
  const { slug } = useMember();
  const refresh = useRefreshProgress();
  const goOn = useGoOn();
  const isOpen = progress.steps.some(({ id, state }) => id === 'leads' && state === 'open');
  const skip = useMutation(
    useTRPC().onboarding.putOff.mutationOptions({
      onSuccess: async () => {
        await refresh();
        goOn();
      },
    }),
  );
  return (
    <StepPanel
      title="Bring your leads"
      lead="A lead is a person that you write with. You need nothing for it now: whoever writes to your number becomes a lead by themselves, with the name from their WhatsApp profile."
      actions={
        isOpen ? (
          <>
            <Link
              href={`/t/${slug}/leads/import`}
              className={buttonClass('primary', 'normal', 'max-[899px]:h-11')}
            >
              Import a list
            </Link>
            <Button
              busy={skip.isPending}
              className="max-[899px]:h-11"
              onClick={() => skip.mutate({ tenant: slug, step: 'leads', skipped: true })}
            >
              Skip for now
            </Button>
          </>
        ) : (
          <NextLink />
        )
      }
    >
      <p className="max-w-[64ch] text-sm text-normal">
        If you have a list of people, bring it as CSV or Excel: a column for the phone number, and whatever
        else you know of them. What the file would do is shown before anything is written, and can be undone
        afterwards; nobody on the list hears from you before you write to them.
      </p>
      {skip.isError && (
        <Notice tone="danger" className="mt-4">
          {wordsOf(skip.error)}
        </Notice>
      )}
    </StepPanel>
  );
}
