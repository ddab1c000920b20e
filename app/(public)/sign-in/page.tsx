import { redirect } from 'next/navigation';
import { demoLogins, signedInHome } from '#app/gate.ts';
import { QuietLink } from '#components/sign-in/quiet-link.tsx';
import { safeNext } from '#components/sign-in/safe-next.ts';
import { SignInForm } from '#components/sign-in/sign-in-form.tsx';

export const metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const next = `/home?next=${encodeURIComponent(safeNext((await searchParams).next))}`;
  if (await signedInHome()) redirect(next);
  return (
    <>
      <h1 className="mt-6 text-xl font-semibold text-strong">Sign in</h1>
      <SignInForm next={next} demo={demoLogins()} />
      <p className="mt-6 flex flex-wrap gap-x-5 gap-y-2 text-sm">
        <QuietLink href="/sign-up">Sign up</QuietLink>
        <QuietLink href="/reset">Password lost?</QuietLink>
      </p>
    </>
  );
}
