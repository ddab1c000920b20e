'use client';
import Link from 'next/link';
import { buttonClass } from '#components/ui/button.tsx';

/** What Parley is, and the way in. */
export function Landing({ phone }: { phone: boolean }) {
  return (
    <>
      <h1 className="mt-6 text-xl font-semibold text-balance text-strong">
        Answer WhatsApp together, with a bot that knows when to step aside
      </h1>
      <p className="mt-3 text-base text-normal">
        Parley answers what leads write to your numbers by your script, and hands over to your people in one
        shared inbox.
      </p>
      <div className="mt-6 flex flex-col gap-3">
        <Link href="/sign-in" className={buttonClass('primary', 'large', 'max-[899px]:h-11')}>
          Sign in
        </Link>
        <Link href="/sign-up" className={buttonClass('secondary', 'large', 'max-[899px]:h-11')}>
          Sign up
        </Link>
        {phone && (
          <Link href="/phone" className={buttonClass('secondary', 'large', 'max-[899px]:h-11')}>
            Open the simulated phone
          </Link>
        )}
      </div>
    </>
  );
}
