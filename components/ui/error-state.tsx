'use client';
import { CircleAlert, RotateCcw } from 'lucide-react';
import { Button } from './button.tsx';

type Props = { title: string; message: string; onRetry?: () => void; retrying?: boolean };

/** What happened, why as far as it is known, and Retry. */
export function ErrorState({ title, message, onRetry, retrying }: Props) {
  return (
    <div role="alert" className="flex flex-col items-center px-6 py-12 text-center">
      <span className="grid size-9 place-items-center rounded-full bg-danger-soft text-danger">
        <CircleAlert aria-hidden="true" strokeWidth={1.75} className="size-4" />
      </span>
      <p className="mt-3 text-base font-semibold text-strong">{title}</p>
      <p className="mt-1 max-w-[44ch] text-sm text-balance text-normal">{message}</p>
      {onRetry && (
        <Button className="mt-4" icon={RotateCcw} busy={retrying ?? false} onClick={onRetry}>
          Retry
        </Button>
      )}
    </div>
  );
}
