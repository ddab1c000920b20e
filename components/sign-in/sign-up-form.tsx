'use client';
import { useState } from 'react';
import { plainClient } from '#components/trpc/plain-client.ts';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { NoMail } from './no-mail.tsx';
import { QuietLink } from './quiet-link.tsx';
import { signIn } from './sign-in.ts';
import { useSubmit } from './use-submit.ts';

/** A login for a stranger, who is let in at once; the address is confirmed by letter. */
export function SignUpForm({ canMail }: { canMail: boolean }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { isBusy, problem, onSubmit } = useSubmit(async () => {
    await plainClient().account.signUp.mutate({ name, email, password });
    window.location.assign((await signIn(email, password)) ? '/sign-in' : '/home');
  });
  return (
    <>
      {canMail ? (
        // Sent before the page listens it must not put the password into the address.
        <form method="post" onSubmit={onSubmit} className="mt-5 space-y-4">
          {problem && <Notice tone="danger">{problem}</Notice>}
          <Field
            label="Your name"
            name="name"
            autoComplete="name"
            required
            large
            maxLength={100}
            hint="Your colleagues see it."
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <Field
            label="Email"
            type="email"
            name="email"
            autoComplete="username"
            required
            large
            maxLength={254}
            hint="We send a letter there, to confirm it."
            value={email}
            onChange={({ target }) => setEmail(target.value)}
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
            hint="10 characters or more. Three or four words are good."
            value={password}
            onChange={({ target }) => setPassword(target.value)}
          />
          <Button type="submit" look="primary" size="large" busy={isBusy} className="w-full max-[899px]:h-11">
            Sign up
          </Button>
        </form>
      ) : (
        <NoMail />
      )}
      <p className="mt-6 text-sm text-muted">
        You have a login already? <QuietLink href="/sign-in">Sign in</QuietLink>
      </p>
    </>
  );
}
