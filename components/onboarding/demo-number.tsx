'use client';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { useGoOn } from './next-link.tsx';
import { StepPanel } from './step-panel.tsx';
import { useRefreshProgress } from './use-progress.ts';

/** A number at the simulated Meta in one click, by the same way as one of one's own. */
export function DemoNumber() {
  const { slug } = useMember();
  const refresh = useRefreshProgress();
  const goOn = useGoOn();
  const connect = useMutation(
    useTRPC().connect.demo.mutationOptions({
      onSuccess: async ({ connected }) => {
        await refresh();
        if (connected) goOn();
      },
    }),
  );
  const ownPath = `/t/${slug}/channels/connect`;
  return (
    <StepPanel
      title="Connect a number"
      lead="People write to a WhatsApp number of your business. Here Meta is simulated, so you can begin with a demo number: it costs nothing, needs nothing, and only the simulated phone writes to it."
      actions={
        <>
          <Button
            look="primary"
            busy={connect.isPending}
            className="max-[899px]:h-11"
            onClick={() => connect.mutate({ tenant: slug })}
          >
            Connect a demo number
          </Button>
          <Link href={ownPath} className={buttonClass('secondary', 'normal', 'max-[899px]:h-11')}>
            Connect your own number
          </Link>
        </>
      }
    >
      <p className="max-w-[64ch] text-sm text-normal">
        It is connected as a real one is: Parley asks Meta ten questions about it, and takes it when the
        answers fit. That takes some seconds.
      </p>
      {connect.isError && (
        <Notice tone="danger" className="mt-4">
          {wordsOf(connect.error)}
        </Notice>
      )}
      {connect.data && !connect.data.connected && (
        <Notice tone="danger" className="mt-4">
          A check did not pass, so the number is not connected yet.{' '}
          <Link href={ownPath} className="text-accent-text underline">
            See which, and what to do
          </Link>
        </Notice>
      )}
    </StepPanel>
  );
}
