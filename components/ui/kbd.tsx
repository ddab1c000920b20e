import type { ReactNode } from 'react';

/** A key, as one reads it on the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid h-4 min-w-4 place-items-center rounded-sm border border-line bg-surface-1 px-1 font-sans text-2xs leading-none text-muted">
      {children}
    </kbd>
  );
}
