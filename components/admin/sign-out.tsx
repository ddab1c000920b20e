'use client';
import { LogOut } from 'lucide-react';
import { signOut } from 'next-auth/react';
import { useState } from 'react';
import { tellSignedOut } from '#components/trpc/signed-out.ts';
import { Spinner } from '#components/ui/spinner.tsx';

/** Ends the session, and then leaves for the sign-in by our own address: the answer's may name another host. */
export function SignOut({ name }: { name: string }) {
  const [isBusy, setBusy] = useState(false);

  async function leave() {
    setBusy(true);
    await signOut({ redirect: false }).catch(() => undefined);
    tellSignedOut();
    window.location.assign('/sign-in');
  }

  return (
    <button
      type="button"
      title={`Signed in as ${name}`}
      aria-busy={isBusy || undefined}
      onClick={() => !isBusy && void leave()}
      className="flex h-8 shrink-0 items-center gap-2.5 rounded-md px-2 text-sm text-on-frame-muted outline-on-frame hover:bg-frame-hover hover:text-on-frame max-[899px]:size-11 max-[899px]:justify-center"
    >
      {isBusy ? (
        <Spinner />
      ) : (
        <LogOut aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 rtl:-scale-x-100" />
      )}
      <span className="max-[899px]:sr-only">Sign out</span>
    </button>
  );
}
