'use client';
import { RotateCcw } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { PublicFrame } from './public-frame.tsx';

type Props = { reference: string | undefined; onRetry: () => void; isRetrying?: boolean };

/** A page that could not be made. `reference` is how the log names the same moment. */
export function WentWrong({ reference, onRetry, isRetrying }: Props) {
  return (
    <PublicFrame>
      <title>Something went wrong · Parley</title>
      <h1 className="mt-6 text-xl font-semibold text-strong">Something went wrong</h1>
      <p className="mt-3 text-base text-normal">
        This page could not be shown. It is our fault, not yours, and nothing that you saved is lost.
      </p>
      <Button
        look="primary"
        size="large"
        icon={RotateCcw}
        busy={isRetrying ?? false}
        onClick={onRetry}
        className="mt-6 w-full max-[899px]:h-11"
      >
        Retry
      </Button>
      {reference && (
        <p className="mt-6 text-sm text-muted">
          If it happens again, tell whoever runs this installation: reference{' '}
          <span className="num">{reference}</span>.
        </p>
      )}
    </PublicFrame>
  );
}
