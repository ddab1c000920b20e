'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/provider.tsx';
import { CodeField } from './code-field.tsx';
import { DeedForm } from './deed-form.tsx';

type Props = { onDone: (recoveryCodes: string[]) => void; onCancel: () => void };

export function RenewCodes({ onDone, onCancel }: Props) {
  const trpc = useTRPC();
  const [code, setCode] = useState('');
  const renew = useMutation(trpc.account.renewRecoveryCodes.mutationOptions({ onSuccess: onDone }));
  return (
    <DeedForm
      action="Make new codes"
      deed={renew}
      onSubmit={() => renew.mutate({ code })}
      onCancel={onCancel}
    >
      <CodeField
        value={code}
        onChange={setCode}
        hint="From your authenticator app, or a recovery code. The old recovery codes stop working."
      />
    </DeedForm>
  );
}
