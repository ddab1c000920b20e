'use client';
import { useState } from 'react';
import { plainClient } from '#components/trpc/plain-client.ts';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { useSubmit } from './use-submit.ts';

type Props = { token: string; email: string; name: string; isNew: boolean };

/** What a letter's link is about, and the click that does it. `isNew`: of a new login, otherwise of a new address. */
export function ConfirmEmail({ token, email, name, isNew }: Props) {
  const [isDone, setDone] = useState(false);
  const { isBusy, problem, onSubmit } = useSubmit(async () => {
    await plainClient().account.confirm.mutate({ token });
    setDone(true);
  });
  return (
    <>
      <h1 className="mt-6 text-xl font-semibold text-strong">
        {isDone ? 'Your address is confirmed' : 'Confirm your address'}
      </h1>
      <p className="mt-3 text-base wrap-anywhere text-normal" role="status">
        {isDone ? (
          isNew ? (
            'That was all. Go on where you were.'
          ) : (
            <>
              From now on you sign in with <b className="font-medium text-strong">{email}</b>.
            </>
          )
        ) : (
          <>
            {isNew ? 'Somebody signed up as ' : 'From now on this is how they sign in: '}
            <bdi className="font-medium text-strong">{name}</bdi>, with the address{' '}
            <b className="font-medium text-strong">{email}</b>. If that was not you, close this page.
          </>
        )}
      </p>
      {isDone ? (
        <a href="/home" className={buttonClass('primary', 'large', 'mt-6 w-full max-[899px]:h-11')}>
          Go on
        </a>
      ) : (
        <form method="post" onSubmit={onSubmit} className="mt-6 space-y-4">
          {problem && <Notice tone="danger">{problem}</Notice>}
          <Button type="submit" look="primary" size="large" busy={isBusy} className="w-full max-[899px]:h-11">
            Confirm
          </Button>
        </form>
      )}
    </>
  );
}
