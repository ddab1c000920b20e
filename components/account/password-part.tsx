'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/provider.tsx';
import type { Account } from '#components/trpc/types.ts';
import { Field } from '#components/ui/field.tsx';
import { DeedForm } from './deed-form.tsx';
import { Part } from './part.tsx';
import { useRefreshAccount } from './use-account.ts';

/** A new password, which ends the sessions on all other devices. */
export function PasswordPart({ account }: { account: Account }) {
  const trpc = useTRPC();
  const refresh = useRefreshAccount();
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const change = useMutation(
    trpc.account.changePassword.mutationOptions({
      onSuccess: () => {
        setPassword('');
        setNewPassword('');
        return refresh();
      },
    }),
  );
  return (
    <Part title="Password">
      <DeedForm
        action="Change password"
        deed={change}
        done={change.isSuccess ? 'Changed. Your other devices were signed out.' : undefined}
        onSubmit={() => change.mutate({ password, newPassword })}
      >
        {/* For the browser's list of passwords. */}
        <input type="hidden" name="username" autoComplete="username" value={account.email} readOnly />
        <Field
          label="Current password"
          type="password"
          name="current-password"
          autoComplete="current-password"
          required
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
        <Field
          label="New password"
          type="password"
          name="new-password"
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={200}
          hint="10 characters or more. Three or four words are good."
          value={newPassword}
          onChange={({ target }) => setNewPassword(target.value)}
        />
      </DeedForm>
    </Part>
  );
}
