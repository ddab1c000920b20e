'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useTRPC } from '#components/trpc/provider.tsx';
import type { Account } from '#components/trpc/types.ts';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { DeedForm } from './deed-form.tsx';
import { Part } from './part.tsx';
import { useRefreshAccount } from './use-account.ts';

/** The address that somebody signs in with: confirmed or not, and the way to another one. */
export function EmailPart({ account }: { account: Account }) {
  const [isChanging, setChanging] = useState(false);
  return (
    <Part
      title="E-mail address"
      tag={
        account.isConfirmed ? <Tag tone="success">Confirmed</Tag> : <Tag tone="warning">Not confirmed</Tag>
      }
      lead={account.email}
    >
      {!account.isConfirmed && <SendAgain />}
      {account.newEmail && <Waiting newEmail={account.newEmail} />}
      {isChanging ? (
        <Change onDone={() => setChanging(false)} />
      ) : (
        <Button className="mt-4 max-[899px]:h-11" onClick={() => setChanging(true)}>
          Change address
        </Button>
      )}
    </Part>
  );
}

function SendAgain() {
  const trpc = useTRPC();
  const send = useMutation(trpc.account.sendConfirmation.mutationOptions());
  return (
    <DeedForm
      action="Send the letter again"
      look="secondary"
      deed={send}
      done={send.isSuccess ? 'Sent. The links in older letters do not work any more.' : undefined}
      onSubmit={() => send.mutate()}
    >
      <p className="text-sm text-normal">Follow the link in the letter that we sent you.</p>
    </DeedForm>
  );
}

function Waiting({ newEmail }: { newEmail: string }) {
  const trpc = useTRPC();
  const refresh = useRefreshAccount();
  const keep = useMutation(trpc.account.keepEmail.mutationOptions({ onSuccess: refresh }));
  return (
    <div className="mt-4 space-y-3">
      <Notice tone="neutral">
        <span className="wrap-anywhere">
          A letter is on its way to <b className="font-medium">{newEmail}</b>. Follow its link to sign in with
          that address from then on.
        </span>
      </Notice>
      {keep.error ? <Notice tone="danger">{wordsOf(keep.error)}</Notice> : null}
      <Button busy={keep.isPending} className="max-[899px]:h-11" onClick={() => keep.mutate()}>
        Keep the old address
      </Button>
    </div>
  );
}

function Change({ onDone }: { onDone: () => void }) {
  const trpc = useTRPC();
  const refresh = useRefreshAccount();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const change = useMutation(
    trpc.account.changeEmail.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onDone();
      },
    }),
  );
  return (
    <DeedForm
      action="Send the link"
      deed={change}
      onSubmit={() => change.mutate({ email, password })}
      onCancel={onDone}
    >
      <Field
        label="New address"
        type="email"
        name="new-email"
        autoComplete="email"
        required
        maxLength={254}
        hint="We send a link there, and tell the old address once you have followed it."
        value={email}
        onChange={({ target }) => setEmail(target.value)}
      />
      <Field
        label="Your password"
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={({ target }) => setPassword(target.value)}
      />
    </DeedForm>
  );
}
