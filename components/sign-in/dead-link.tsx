'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { buttonClass } from '#components/ui/button.tsx';

type Props = { next: '/account' | '/reset'; action: string; children: ReactNode };

/** Behind a link that does nothing any more: why, and how to get another one. */
export function DeadLink({ next, action, children }: Props) {
  return (
    <>
      <h1 className="mt-6 text-xl font-semibold text-strong">This link does not work any more</h1>
      <p className="mt-3 text-base text-normal">{children}</p>
      <Link href={next} className={buttonClass('primary', 'large', 'mt-6 w-full max-[899px]:h-11')}>
        {action}
      </Link>
    </>
  );
}
