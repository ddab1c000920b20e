'use client';
import { ChevronDown } from 'lucide-react';
import { type ComponentPropsWithRef, useId } from 'react';
import { cx } from './cx.ts';
import { useHydrated } from './use-hydrated.ts';

type Props = Omit<ComponentPropsWithRef<'select'>, 'size'> & { label: string; hint?: string | undefined };

/** A labelled choice among many, by the system's own list. It cannot be changed before the page listens. */
export function SelectField({ label, hint, className, disabled, children, ...rest }: Props) {
  const id = useId();
  const hydrated = useHydrated();
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium text-strong">
        {label}
      </label>
      <span className="relative block">
        <select
          id={id}
          aria-describedby={hint ? `${id}-hint` : undefined}
          disabled={disabled || !hydrated}
          {...rest}
          className={cx(
            'h-9 w-full appearance-none truncate rounded-md border border-line-strong bg-surface-1 ps-3 pe-9 text-base text-strong max-[899px]:h-11 max-[899px]:text-lg',
            disabled && 'bg-surface-3 text-muted',
          )}
        >
          {children}
        </select>
        <ChevronDown
          aria-hidden="true"
          strokeWidth={1.75}
          className="pointer-events-none absolute inset-y-0 end-3 my-auto size-4 text-muted"
        />
      </span>
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-xs text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
