'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/provider.tsx';
import { Field } from '#components/ui/field.tsx';
import { CodeField } from './code-field.tsx';
import { DeedForm } from './deed-form.tsx';
import { QrCode } from './qr-code.tsx';

type Props = { onDone: (recoveryCodes: string[]) => void; onCancel: () => void };

/** The password, then the QR code, then a first code that shows that the app has it. */
export function SetUpSecondFactor({ onDone, onCancel }: Props) {
  const trpc = useTRPC();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const begin = useMutation(trpc.account.beginSecondFactor.mutationOptions());
  const turnOn = useMutation(trpc.account.turnOnSecondFactor.mutationOptions({ onSuccess: onDone }));
  if (!begin.data)
    return (
      <DeedForm action="Go on" deed={begin} onSubmit={() => begin.mutate({ password })} onCancel={onCancel}>
        <Field
          label="Your password"
          type="password"
          name="password"
          autoComplete="current-password"
          autoFocus
          required
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
      </DeedForm>
    );
  const { secret, uri } = begin.data;
  return (
    <DeedForm action="Turn on" deed={turnOn} onSubmit={() => turnOn.mutate({ code })} onCancel={onCancel}>
      <p className="text-sm text-normal">
        Scan this with an authenticator app (such as Google Authenticator, 1Password or Aegis), then type the
        code that it shows.
      </p>
      <QrCode text={uri} label="QR code for your authenticator app" />
      <p className="text-sm text-normal">
        Or type this key into the app:{' '}
        <code className="num wrap-anywhere text-strong">{inFours(secret)}</code>
      </p>
      <CodeField value={code} onChange={setCode} hint="Six digits." />
    </DeedForm>
  );
}

const inFours = (text: string) => text.match(/.{1,4}/g)?.join(' ') ?? text;
