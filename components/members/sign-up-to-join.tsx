'use client';
import { getCsrfToken, signIn } from 'next-auth/react';
import { type FormEvent, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { plainClient } from '#components/trpc/plain-client.ts';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';

type Props = { token: string; email: string; tenant: string };

/** For who has no login yet: the link has proven the address, so a name and a password are enough. */
export function SignUpToJoin({ token, email, tenant }: Props) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      const { slug } = await plainClient().invitations.signUp.mutate({ token, name, password });
      const inbox = `/t/${slug}/inbox`;
      window.location.assign((await isSignedIn(email, password)) ? inbox : `/sign-in?next=${inbox}`);
    } catch (error) {
      setProblem(wordsOf(error));
      setBusy(false);
    }
  }

  return (
    // Sent before the page listens it must not put the password into the address.
    <form method="post" onSubmit={(event) => void submit(event)} className="mt-5 space-y-4">
      {problem && <Notice tone="danger">{problem}</Notice>}
      {/* For the browser's list of passwords. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field
        label="Your name"
        name="name"
        autoComplete="name"
        required
        large
        maxLength={120}
        hint="Your colleagues see it."
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <Field
        label="Password"
        type="password"
        name="password"
        autoComplete="new-password"
        required
        large
        minLength={10}
        maxLength={200}
        hint="10 characters or more."
        value={password}
        onChange={({ target }) => setPassword(target.value)}
      />
      <Button type="submit" look="primary" size="large" busy={isBusy} className="w-full max-[899px]:h-11">
        <span className="truncate">Join {tenant}</span>
      </Button>
    </form>
  );
}

/** Begins a session; where that does not work, the sign-in page says why. */
async function isSignedIn(email: string, password: string): Promise<boolean> {
  try {
    // Without an answer to this the library would leave the page for its own.
    if (!(await getCsrfToken())) return false;
    return (await signIn('credentials', { email, password, redirect: false }))?.ok ?? false;
  } catch {
    return false;
  }
}
