'use client';
import { useMutation } from '@tanstack/react-query';
import { wordsOf } from '#components/trpc/errors.ts';
import { useTRPC } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { StepPanel } from './step-panel.tsx';

type Props = {
  email: string;
  /** Whether letters end on a page of their own, because there is no mail server. */
  hasOutbox: boolean;
};

/** Nobody makes a business under an address that may be another's. The page goes on by itself. */
export function ConfirmFirst({ email, hasOutbox }: Props) {
  const again = useMutation(useTRPC().account.sendConfirmation.mutationOptions());
  return (
    <StepPanel
      title="Confirm your e-mail address"
      lead={
        <>
          We sent a letter to <b className="font-medium wrap-anywhere text-strong">{email}</b>. Open the link
          in it; then this page goes on by itself.
          {!hasOutbox && ' If nothing came, look into the folder for spam.'}
        </>
      }
      actions={
        <>
          <Button busy={again.isPending} className="max-[899px]:h-11" onClick={() => again.mutate()}>
            Send the letter again
          </Button>
          <p role="status" className="text-sm text-muted">
            {again.isSuccess && 'Another letter is on its way.'}
          </p>
        </>
      }
    >
      {again.isError && <Notice tone="danger">{wordsOf(again.error)}</Notice>}
      {hasOutbox && (
        <p className="text-sm text-normal">
          This is a demo without a mail server: its letters end in the{' '}
          <a href="/outbox" target="_blank" rel="noreferrer" className="text-accent-text underline">
            outbox<span className="sr-only"> (in a new tab)</span>
          </a>
          .
        </p>
      )}
    </StepPanel>
  );
}
