import type { Metadata } from 'next';
import { linkBehind } from '#app/gate.ts';
import { ConfirmEmail } from '#components/sign-in/confirm-email.tsx';
import { DeadLink } from '#components/sign-in/dead-link.tsx';

export const metadata: Metadata = {
  title: 'Confirm your e-mail address',
  robots: 'noindex',
  referrer: 'no-referrer',
};

type Props = { params: Promise<{ token: string }> };

/** Mail servers look behind links: it takes a click to confirm. */
export default async function ConfirmPage({ params }: Props) {
  const { token } = await params;
  const link = await linkBehind(token);
  return link && link.purpose !== 'reset' ? (
    <ConfirmEmail token={token} email={link.email} name={link.name} isNew={link.purpose === 'confirm'} />
  ) : (
    <DeadLink next="/account" action="Go to your account">
      It was followed already, has run out, or a newer one was sent. Your account can send another one.
    </DeadLink>
  );
}
