'use client';
import { Check } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useMember } from '#components/trpc/provider.tsx';
import { cx } from '#components/ui/cx.ts';

const steps = ['File', 'Columns', 'Check', 'Run'];

/** The page's head with the four steps, and what belongs to the one that it is at. */
export function Frame({
  step,
  actions,
  children,
}: {
  step: number;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { slug } = useMember();
  return (
    <div className="flex min-w-0 flex-1 flex-col overflow-y-auto bg-surface-1">
      <header className="flex min-h-16 shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-6 max-[899px]:px-4 max-[899px]:py-3">
        <div className="min-w-0 flex-1 max-[899px]:basis-full">
          {/* The cast: the page is part of the same house. */}
          <Link
            href={`/t/${slug}/leads` as Route}
            className="inline-block py-1 text-xs text-muted hover:underline"
          >
            Leads
          </Link>
          <h1 className="-mt-1 text-lg font-semibold text-strong">Import leads</h1>
        </div>
        <ol aria-label="Steps" className="flex items-center gap-3 text-sm max-[899px]:gap-1.5">
          {steps.map((name, index) => (
            <li
              key={name}
              aria-current={index === step ? 'step' : undefined}
              className={cx(
                'flex items-center gap-2',
                index === step ? 'font-medium text-strong' : index < step ? 'text-normal' : 'text-muted',
              )}
            >
              <span
                className={cx(
                  'num grid size-6 place-items-center rounded-full text-xs font-medium',
                  index === step
                    ? 'bg-accent text-on-accent'
                    : index < step
                      ? 'bg-accent-soft text-accent-text'
                      : 'bg-surface-2 text-muted',
                )}
              >
                {index < step ? <Check aria-hidden="true" className="size-3.5" /> : index + 1}
              </span>
              <span className={cx(index !== step && 'max-[899px]:sr-only')}>{name}</span>
            </li>
          ))}
        </ol>
        <div className="flex flex-1 items-center justify-end gap-2">{actions}</div>
      </header>
      <div className="mx-auto w-full max-w-[1040px] px-6 py-6 max-[899px]:px-4">{children}</div>
    </div>
  );
}
