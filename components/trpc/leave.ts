import { signOut } from 'next-auth/react';
import { forgetDrafts } from '#components/ui/drafts.ts';
import { tellSignedOut } from './signed-out.ts';

/** Ends the session, then leaves by our own address: the answer's may name another host. */
export async function leave(): Promise<void> {
  await signOut({ redirect: false }).catch(() => undefined);
  tellSignedOut();
  forgetDrafts();
  window.location.assign('/sign-in');
}
