'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/provider.tsx';
import type { Account } from '#components/trpc/types.ts';
import { Field } from '#components/ui/field.tsx';
import { DeedForm } from './deed-form.tsx';
import { Part } from './part.tsx';
import { useRefreshAccount } from './use-account.ts';

export function NamePart({ account }: { account: Account }) {
  const trpc = useTRPC();
  const refresh = useRefreshAccount();
  const [name, setName] = useState(account.name);
  const rename = useMutation(trpc.account.rename.mutationOptions({ onSuccess: refresh }));
  return (
    <Part title="Name">
      <DeedForm
        action="Save"
        deed={rename}
        done={rename.isSuccess ? 'Saved.' : undefined}
        onSubmit={() => rename.mutate({ name })}
      >
        <Field
          label="Your name"
          name="name"
          autoComplete="name"
          required
          maxLength={100}
          hint="Your colleagues see it. Leads do not."
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </DeedForm>
    </Part>
  );
}
