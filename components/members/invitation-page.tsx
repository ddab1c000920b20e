'use client';
import { CircleAlert } from 'lucide-react';
import Link from 'next/link';
import { buttonClass } from '#components/ui/button.tsx';
import { Time } from '#components/ui/time.tsx';
import { tableDate } from '#components/ui/time-words.ts';
import { JoinButton } from './join-button.tsx';
import { aRole, type Role } from './members.ts';
import { SignOutToJoin } from './sign-out-to-join.tsx';
import { SignUpToJoin } from './sign-up-to-join.tsx';

export type Invitation = {
  tenant: string;
  email: string;
  role: Role;
  inviter: string;
  expiresAt: string;
  hasLogin: boolean;
};

type Props = {
  token: string;
  /** What the link offers, or why it offers nothing. */
  found: Invitation | { refused: string };
  /** The address of who is signed in. */
  signedInAs: string | undefined;
};

/** What a letter's link leads to. */
export function InvitationPage({ token, found, signedInAs }: Props) {
  if ('refused' in found) return <WorthNothing words={found.refused} signedIn={signedInAs !== undefined} />;
  const { tenant, email, role, inviter, expiresAt } = found;
  return (
    <>
      <h1 className="mt-6 text-xl font-semibold text-strong">
        Join <bdi className="wrap-anywhere">{tenant}</bdi>
      </h1>
      <p className="mt-3 text-base text-normal">
        <bdi>{inviter}</bdi> invites <span className="wrap-anywhere text-strong">{email}</span> as{' '}
        {aRole(role)}. The link works once, until{' '}
        <Time at={expiresAt} timeZone="UTC" words={tableDate(new Date(expiresAt), 'UTC')} />.
      </p>
      <Way token={token} invitation={found} signedInAs={signedInAs} />
    </>
  );
}

type WayProps = { token: string; invitation: Invitation; signedInAs: string | undefined };

/** How this person gets in. */
function Way({ token, invitation, signedInAs }: WayProps) {
  const { email, tenant, hasLogin } = invitation;
  if (signedInAs === email) return <JoinButton token={token} tenant={tenant} />;
  if (signedInAs !== undefined) return <SignOutToJoin email={email} signedInAs={signedInAs} />;
  if (!hasLogin) return <SignUpToJoin token={token} email={email} tenant={tenant} />;
  return (
    <>
      <p className="mt-4 text-base text-normal">This address has a login already. Sign in with it to join.</p>
      <Link
        href={`/sign-in?next=${encodeURIComponent(`/invitations/${token}`)}`}
        className={buttonClass('primary', 'large', 'mt-6 w-full max-[899px]:h-11')}
      >
        Sign in to join
      </Link>
    </>
  );
}

function WorthNothing({ words, signedIn }: { words: string; signedIn: boolean }) {
  return (
    <>
      <h1 className="mt-6 text-xl font-semibold text-strong">This link opens nothing</h1>
      <p className="mt-3 flex gap-2 text-base text-normal">
        <CircleAlert aria-hidden="true" strokeWidth={1.75} className="mt-0.5 size-4 shrink-0 text-danger" />
        <span className="min-w-0 wrap-anywhere">{words}</span>
      </p>
      <Link
        href={signedIn ? '/home' : '/sign-in'}
        className={buttonClass('secondary', 'large', 'mt-6 w-full max-[899px]:h-11')}
      >
        {signedIn ? 'Go to your tenants' : 'Sign in'}
      </Link>
    </>
  );
}
