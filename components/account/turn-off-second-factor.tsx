'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/provider.tsx';
import { Field } from '#components/ui/field.tsx';
import { CodeField } from './code-field.tsx';
import { DeedForm } from './deed-form.tsx';
import { useRefreshAccount } from './use-account.ts';

type Props = { onDone: () => void; onCancel: () => void };

export function TurnOffSecondFactor({ onDone, onCancel }: Props) {
  const trpc = useTRPC();
  const refresh = useRefreshAccount();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const turnOff = useMutation(
    trpc.account.turnOffSecondFactor.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onDone();
      },
    }),
  );
  return (
    <DeedForm
      action="Turn off two-factor sign-in"
      look="danger"
      deed={turnOff}
      onSubmit={() => turnOff.mutate({ code, password })}
      onCancel={onCancel}
    >
      <Field
        label="Your password"
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={({ target }) => setPassword(target.value)}
      />
      <CodeField value={code} onChange={setCode} hint="From your authenticator app, or a recovery code." />
    </DeedForm>
  );
}
