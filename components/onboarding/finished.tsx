'use client';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import type { Progress } from '#components/trpc/types.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { MessageWay } from './message-way.tsx';
import { StepPanel } from './step-panel.tsx';
import { useRefreshProgress } from './use-progress.ts';

/** Everything is there: where to go from here. */
export function Finished({ progress }: { progress: Progress }) {
  const { slug } = useMember();
  const refresh = useRefreshProgress();
  const close = useMutation(useTRPC().onboarding.close.mutationOptions({ onSuccess: refresh }));
  return (
    <StepPanel
      title="People can write to you now"
      lead="What they write is in the inbox as it comes, whether the bot answers it or one of you takes over. Next, bring in the colleagues who answer with you."
      actions={
        <>
          <Link
            href={`/t/${slug}/inbox`}
            // The last step is done with, whether this note of it succeeds or not.
            onClick={() => !progress.closed && close.mutate({ tenant: slug, closed: true })}
            className={buttonClass('primary', 'normal', 'max-[899px]:h-11')}
          >
            Open the inbox
          </Link>
          <Link
            href={`/t/${slug}/settings/members`}
            className={buttonClass('secondary', 'normal', 'max-[899px]:h-11')}
          >
            Invite colleagues
          </Link>
        </>
      }
    >
      <MessageWay progress={progress} />
    </StepPanel>
  );
}
