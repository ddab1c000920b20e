'use client';
import type { FormEvent, ReactNode } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { Button, type ButtonLook } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';

type Props = {
  action: string;
  look?: ButtonLook;
  deed: { isPending: boolean; error: unknown };
  /** What has been done, once it has. */
  done?: string | undefined;
  onSubmit: () => void;
  onCancel?: () => void;
  children?: ReactNode;
};

/** Fields and the one button that does it; what came of it stands above the button. */
export function DeedForm({ action, look = 'primary', deed, done, onSubmit, onCancel, children }: Props) {
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!deed.isPending) onSubmit();
  }
  return (
    // Sent before the page listens it must not put a password into the address.
    <form method="post" onSubmit={submit} className="mt-4 space-y-4">
      {children}
      {deed.error ? <Notice tone="danger">{wordsOf(deed.error)}</Notice> : null}
      {done && !deed.error && !deed.isPending && <Notice tone="neutral">{done}</Notice>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look={look} busy={deed.isPending} className="max-[899px]:h-11">
          {action}
        </Button>
        {onCancel && (
          <Button look="ghost" className="max-[899px]:h-11" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  );
}
