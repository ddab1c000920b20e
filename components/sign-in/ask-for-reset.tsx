'use client';
import { useState } from 'react';
import { plainClient } from '#components/trpc/plain-client.ts';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { NoMail } from './no-mail.tsx';
import { QuietLink } from './quiet-link.tsx';
import { useSubmit } from './use-submit.ts';

/** For who has lost their password. It does not say whether anybody has the address. */
export function AskForReset({ canMail }: { canMail: boolean }) {
  const [email, setEmail] = useState('');
  const [isSent, setSent] = useState(false);
  const { isBusy, problem, onSubmit } = useSubmit(async () => {
    await plainClient().account.askForReset.mutate({ email });
    setSent(true);
  });
  return (
    <>
      <h1 className="mt-6 text-xl font-semibold text-strong">
        {isSent ? 'Look into your mailbox' : 'Set a new password'}
      </h1>
      {isSent ? (
        <p role="status" className="mt-3 text-base wrap-anywhere text-normal">
          If <b className="font-medium text-strong">{email}</b> is somebody’s login, a letter with a link is
          on its way. The link works once, for an hour. Nothing there? Look among the unwanted, or try again.
        </p>
      ) : canMail ? (
        <form method="post" onSubmit={onSubmit} className="mt-5 space-y-4">
          {problem && <Notice tone="danger">{problem}</Notice>}
          <Field
            label="Email"
            type="email"
            name="email"
            autoComplete="username"
            required
            large
            maxLength={254}
            hint="We send a link there."
            value={email}
            onChange={({ target }) => setEmail(target.value)}
          />
          <Button type="submit" look="primary" size="large" busy={isBusy} className="w-full max-[899px]:h-11">
            Send the link
          </Button>
        </form>
      ) : (
        <NoMail />
      )}
      <p className="mt-6 text-sm">
        <QuietLink href="/sign-in">Back to the sign-in</QuietLink>
      </p>
    </>
  );
}
