import Link from 'next/link';
import type { ReactNode } from 'react';

type Props = { href: '/sign-in' | '/sign-up' | '/reset' | '/home' | '/outbox'; children: ReactNode };

/** A way on beside the one that the page is about; on phones tall enough for a finger. */
export function QuietLink({ href, children }: Props) {
  return (
    <Link
      href={href}
      className="inline-flex items-center text-accent-text underline underline-offset-2 max-[899px]:min-h-11"
    >
      {children}
    </Link>
  );
}
