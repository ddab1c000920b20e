'use client';
import { LogOut } from 'lucide-react';
import { signOut } from 'next-auth/react';
import { useState } from 'react';
import { tellSignedOut } from '#components/trpc/signed-out.ts';
import { Button } from '#components/ui/button.tsx';
import { forgetDrafts } from '#components/ui/drafts.ts';

/** For who is signed in, but with another address than the one that was invited. */
export function SignOutToJoin({ email, signedInAs }: { email: string; signedInAs: string }) {
  const [isBusy, setBusy] = useState(false);

  async function leave() {
    setBusy(true);
    await signOut({ redirect: false }).catch(() => undefined);
    tellSignedOut();
    forgetDrafts();
    // The same link again, as nobody.
    window.location.reload();
  }

  return (
    <>
      <p className="mt-4 text-base text-normal">
        You are signed in as <span className="wrap-anywhere text-strong">{signedInAs}</span>, so you cannot
        take it. Sign out to go on as <span className="wrap-anywhere text-strong">{email}</span>, or ask for
        an invitation to your own address.
      </p>
      <Button
        look="primary"
        size="large"
        icon={LogOut}
        busy={isBusy}
        className="mt-6 w-full max-[899px]:h-11"
        onClick={() => void leave()}
      >
        Sign out and go on
      </Button>
    </>
  );
}
