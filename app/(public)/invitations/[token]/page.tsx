import type { Metadata } from 'next';
import { invitationBehind, whoIsSignedIn } from '#app/gate.ts';
import { InvitationPage } from '#components/members/invitation-page.tsx';

export const metadata: Metadata = { title: 'Invitation', robots: 'noindex', referrer: 'no-referrer' };

type Props = { params: Promise<{ token: string }> };

export default async function Invitation({ params }: Props) {
  const { token } = await params;
  const [found, user] = await Promise.all([invitationBehind(token), whoIsSignedIn()]);
  return <InvitationPage token={token} found={found} signedInAs={user?.email} />;
}
