'use client';
import { UserRoundX } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useMember } from '#components/trpc/provider.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

export function LeadMissing() {
  const { slug } = useMember();
  return (
    <div className="grid flex-1 place-items-center bg-surface-0">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={UserRoundX}
        title="This lead does not exist"
        action={
          <Link href={`/t/${slug}/leads` as Route} className={buttonClass()}>
            All leads
          </Link>
        }
      >
        They may have been deleted for good.
      </EmptyState>
    </div>
  );
}
