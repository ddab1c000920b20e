'use client';
import { type ComponentPropsWithRef, useId } from 'react';
import { cx } from './cx.ts';
import { useHydrated } from './use-hydrated.ts';

type Props = Omit<ComponentPropsWithRef<'input'>, 'size'> & {
  label: string;
  /** A sentence below the field; wanted before it is needed. */
  hint?: string;
  /** What is wrong and what to do; turns the line red. */
  error?: string | undefined;
  large?: boolean;
};

/** A labelled line of text. It takes no keys before the page listens, so that nothing typed is lost. */
export function Field({ label, hint, error, large, className, readOnly, ...rest }: Props) {
  const id = useId();
  const hydrated = useHydrated();
  const described = error ? `${id}-error` : hint ? `${id}-hint` : undefined;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium text-strong">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={described}
        readOnly={readOnly || !hydrated}
        {...rest}
        className={cx(
          'w-full rounded-md border bg-surface-1 px-3 text-base text-strong placeholder:text-muted disabled:bg-surface-3 disabled:text-muted max-[899px]:text-lg',
          error ? 'border-danger' : 'border-line-strong',
          large ? 'h-10 max-[899px]:h-11' : 'h-9 max-[899px]:h-11',
        )}
      />
      {error ? (
        <p id={`${id}-error`} className="mt-1 text-xs text-danger">
          {error}
        </p>
      ) : (
        hint && (
          <p id={`${id}-hint`} className="mt-1 text-xs text-muted">
            {hint}
          </p>
        )
      )}
    </div>
  );
}
