import type { Metadata } from 'next';
import { linkBehind } from '#app/gate.ts';
import { DeadLink } from '#components/sign-in/dead-link.tsx';
import { ResetForm } from '#components/sign-in/reset-form.tsx';

export const metadata: Metadata = { title: 'Set a new password', robots: 'noindex', referrer: 'no-referrer' };

type Props = { params: Promise<{ token: string }> };

export default async function ResetByLinkPage({ params }: Props) {
  const { token } = await params;
  const link = await linkBehind(token);
  return link?.purpose === 'reset' ? (
    <ResetForm token={token} email={link.email} />
  ) : (
    <DeadLink next="/reset" action="Ask for a new link">
      It was used already, is older than an hour, or a newer one was sent.
    </DeadLink>
  );
}
