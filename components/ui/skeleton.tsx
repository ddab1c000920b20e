import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** The shape of what is coming. Invisible for its first 150 ms, so that what is quick does not flicker. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx('block animate-appear-late rounded-sm bg-surface-3 opacity-0', className)}
    />
  );
}

/** Tells who cannot see the shapes that something is loading. */
export function Loading({
  label,
  children,
  className,
}: {
  label: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <div role="status" aria-label={label} className={className}>
      {children}
    </div>
  );
}
