'use client';
import { CircleSlash } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useMember } from '#components/trpc/provider.tsx';
import { buttonClass } from '#components/ui/button.tsx';

/** At the address of a number that is none of this tenant's: said so, and the way back to those that are. */
export function ChannelMissing() {
  const { slug } = useMember();
  return (
    <div className="flex min-w-0 flex-1 flex-col items-center justify-center bg-surface-0 px-6 text-center">
      <span className="grid size-9 place-items-center rounded-full bg-surface-2 text-muted">
        <CircleSlash aria-hidden="true" strokeWidth={1.75} className="size-4" />
      </span>
      <h1 className="mt-3 text-xl font-semibold text-strong">Not found</h1>
      <p className="mt-1 max-w-[44ch] text-base text-normal">
        There is no number at this address. The link may be mistyped, or of another business.
      </p>
      <Link
        href={`/t/${slug}/channels` as Route}
        className={buttonClass('secondary', 'normal', 'mt-4 max-[899px]:h-11')}
      >
        Back to the channels
      </Link>
    </div>
  );
}
