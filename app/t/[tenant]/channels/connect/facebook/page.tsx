import { MayConnect } from '#components/channels/may-connect.tsx';
import { SignUpPage } from '#components/channels/sign-up-page.tsx';

export const metadata = { title: 'Connect with Facebook' };

/** Its own page: here alone the browser may talk to Meta, and a window of Meta's may talk to ours. */
export default function FacebookPage() {
  return (
    <MayConnect>
      <SignUpPage />
    </MayConnect>
  );
}
