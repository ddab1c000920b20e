import { redirect } from 'next/navigation';
import { canMail, signedInHome } from '#app/gate.ts';
import { SignUpForm } from '#components/sign-in/sign-up-form.tsx';

export const metadata = { title: 'Sign up' };

export default async function SignUpPage() {
  if (await signedInHome()) redirect('/home');
  return (
    <>
      <h1 className="mt-6 text-xl font-semibold text-strong">Sign up</h1>
      <SignUpForm canMail={await canMail()} />
    </>
  );
}
