'use client';
import { ListChecks } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useMember } from '#components/trpc/provider.tsx';
import { useFirstSteps } from './use-first-steps.ts';

/** Leads back to the first steps as long as some are ahead. */
export function GettingStarted() {
  const { slug } = useMember();
  const steps = useFirstSteps();
  const path = `/t/${slug}/onboarding`;
  const here = usePathname() === path;
  if (!steps) return null;
  return (
    <Link
      href={path}
      aria-current={here ? 'page' : undefined}
      className="mb-2 shrink-0 rounded-md border border-line bg-surface-1 p-2 text-sm text-strong hover:bg-surface-2 aria-[current]:bg-surface-3"
    >
      <span className="flex items-center gap-2">
        <ListChecks aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 text-accent-text" />
        <span className="flex-1 font-medium">Getting started</span>
        <span className="num text-xs text-muted">
          {steps.done} of {steps.of}
        </span>
      </span>
      <span aria-hidden="true" className="mt-2 block h-1 overflow-hidden rounded-full bg-surface-3">
        <span className="block h-full bg-accent" style={{ width: `${(100 * steps.done) / steps.of}%` }} />
      </span>
    </Link>
  );
}
