'use client';
import { useMutation } from '@tanstack/react-query';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { useRefreshProgress } from './use-progress.ts';

/** Takes the reminder out of the rail for everybody, or brings it back. */
export function CloseButton({ isClosed }: { isClosed: boolean }) {
  const { slug } = useMember();
  const refresh = useRefreshProgress();
  const close = useMutation(useTRPC().onboarding.close.mutationOptions({ onSuccess: refresh }));
  return (
    <div className="flex flex-col items-end gap-1">
      <Button
        look="ghost"
        busy={close.isPending}
        className="max-[899px]:h-11"
        onClick={() => close.mutate({ tenant: slug, closed: !isClosed })}
      >
        {isClosed ? 'Remind us in the menu' : 'Hide the reminder'}
      </Button>
      {close.isError && (
        <p role="alert" className="text-xs text-danger">
          {wordsOf(close.error)}
        </p>
      )}
    </div>
  );
}
