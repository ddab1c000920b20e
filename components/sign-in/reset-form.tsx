'use client';
import { useState } from 'react';
import { plainClient } from '#components/trpc/plain-client.ts';
import { tellSignedOut } from '#components/trpc/signed-out.ts';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { signIn } from './sign-in.ts';
import { useSubmit } from './use-submit.ts';

/** Behind a letter's link: a new password, which signs every device out. */
export function ResetForm({ token, email }: { token: string; email: string }) {
  const [password, setPassword] = useState('');
  const { isBusy, problem, onSubmit } = useSubmit(async () => {
    await plainClient().account.reset.mutate({ token, password });
    tellSignedOut();
    // Who has a second factor is asked for it there.
    window.location.assign((await signIn(email, password)) ? '/sign-in' : '/home');
  });
  return (
    <>
      <h1 className="mt-6 text-xl font-semibold text-strong">Set a new password</h1>
      <form method="post" onSubmit={onSubmit} className="mt-5 space-y-4">
        {problem && <Notice tone="danger">{problem}</Notice>}
        {/* For the browser's list of passwords. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <Field
          label="New password"
          type="password"
          name="password"
          autoComplete="new-password"
          required
          large
          minLength={10}
          maxLength={200}
          hint={`For ${email}. 10 characters or more. Every device is signed out.`}
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
        <Button type="submit" look="primary" size="large" busy={isBusy} className="w-full max-[899px]:h-11">
          Set the password
        </Button>
      </form>
    </>
  );
}
