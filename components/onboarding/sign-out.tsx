'use client';
import { signOut } from 'next-auth/react';
import { useState } from 'react';
import { tellSignedOut } from '#components/trpc/signed-out.ts';
import { Button } from '#components/ui/button.tsx';

/** Ends the session, and then leaves for the sign-in by our own address: the answer's may name another host. */
export function SignOut() {
  const [isBusy, setBusy] = useState(false);

  async function leave() {
    setBusy(true);
    await signOut({ redirect: false }).catch(() => undefined);
    tellSignedOut();
    window.location.assign('/sign-in');
  }

  return (
    <Button look="ghost" size="small" busy={isBusy} onClick={() => void leave()}>
      Sign out
    </Button>
  );
}
