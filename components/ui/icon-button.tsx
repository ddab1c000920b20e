'use client';
import type { LucideIcon } from 'lucide-react';
import type { ComponentPropsWithRef } from 'react';
import { cx } from './cx.ts';
import { useHydrated } from './use-hydrated.ts';

type Props = Omit<ComponentPropsWithRef<'button'>, 'children' | 'aria-label' | 'title'> & {
  label: string;
  icon: LucideIcon;
  /** The key that does the same, shown in the tooltip. */
  shortcut?: string;
};

/** 32 pixels, 44 on phones. */
export function IconButton({ label, icon: Icon, shortcut, className, ...rest }: Props) {
  const hydrated = useHydrated();
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      aria-disabled={!hydrated || undefined}
      title={shortcut ? `${label} (${shortcut})` : label}
      className={cx(
        'grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-surface-2 hover:text-strong max-[899px]:size-11',
        className,
      )}
    >
      <Icon aria-hidden="true" strokeWidth={1.75} className="size-4 max-[899px]:size-5" />
    </button>
  );
}
