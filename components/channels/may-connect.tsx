'use client';
import { Lock } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useMember } from '#components/trpc/provider.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { AskHeads } from './ask-heads.tsx';
import { ConnectFrame } from './connect-frame.tsx';

/** A page for who may connect a number; the others read whom to ask. */
export function MayConnect({ children }: { children: ReactNode }) {
  const { slug, may } = useMember();
  if (may.includes('channels.connect')) return children;
  return (
    <ConnectFrame words="Owners and admins do this.">
      <div className="rounded-md border border-line bg-surface-1">
        <EmptyState
          icon={Lock}
          title="Only an owner or an admin can connect a number"
          action={
            <Link href={`/t/${slug}/channels` as Route} className={buttonClass()}>
              Back to the channels
            </Link>
          }
        >
          <AskHeads />
        </EmptyState>
      </div>
    </ConnectFrame>
  );
}
