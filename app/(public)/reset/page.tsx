import { canMail } from '#app/gate.ts';
import { AskForReset } from '#components/sign-in/ask-for-reset.tsx';

export const metadata = { title: 'Set a new password' };

export default async function ResetPage() {
  return <AskForReset canMail={await canMail()} />;
}
