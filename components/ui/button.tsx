'use client';
import type { LucideIcon } from 'lucide-react';
import type { ComponentPropsWithRef } from 'react';
import { cx } from './cx.ts';
import { Spinner } from './spinner.tsx';
import { useHydrated } from './use-hydrated.ts';

export type ButtonLook = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ButtonSize = 'small' | 'normal' | 'large';

const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border border-line bg-surface-1 text-strong hover:bg-surface-2',
  ghost: 'text-normal hover:bg-surface-2 hover:text-strong',
  danger: 'border border-danger bg-surface-1 text-danger hover:bg-danger-soft',
} as const;
const sizes = {
  // Small to the eye; on phones 44 pixels to the finger.
  small:
    'relative h-7 px-2.5 text-sm max-[899px]:after:absolute max-[899px]:after:inset-x-0 max-[899px]:after:-inset-y-2',
  normal: 'h-8 px-3 text-sm',
  large: 'h-10 px-4 text-base',
} as const;

/** For links that look like a button. */
export function buttonClass(look: ButtonLook = 'secondary', size: ButtonSize = 'normal', className?: string) {
  return cx(
    'inline-flex items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap',
    'disabled:border-transparent disabled:bg-surface-3 disabled:text-muted',
    looks[look],
    sizes[size],
    className,
  );
}

type Props = ComponentPropsWithRef<'button'> & {
  look?: ButtonLook;
  size?: ButtonSize;
  icon?: LucideIcon;
  /** Keeps the width; the spinner takes the icon's place and further clicks do nothing. */
  busy?: boolean;
};

/** Until the page can answer a click, the button says so to whoever asks (`aria-disabled`), without a change of looks. */
export function Button({ look, size, icon: Icon, busy, className, children, onClick, ...rest }: Props) {
  const hydrated = useHydrated();
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      aria-disabled={!hydrated || busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={buttonClass(look, size, className)}
    >
      {busy ? (
        <Spinner />
      ) : (
        Icon && <Icon aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0" />
      )}
      {children}
    </button>
  );
}
