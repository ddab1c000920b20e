'use client';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import type { Connecting, Mend } from '#components/trpc/types.ts';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';

type Value = 'accessToken' | 'appSecret' | 'pin' | 'phoneNumberId' | 'wabaId' | 'appId';
type Asked = { name: Value; label: string; secret: boolean; form: RegExp; problem: string };

const digits = { secret: false, form: /^\d{6,20}$/, problem: 'An id is digits only, 15 or so.' };
const copied = {
  secret: true,
  form: /^[\x21-\x7e]{8,1000}$/,
  problem: 'Copy the whole of it, in one piece.',
};
const asks: Record<Mend, readonly Asked[]> = {
  token: [{ name: 'accessToken', label: 'New token, starts with EAA', ...copied }],
  secret: [{ name: 'appSecret', label: 'App secret', ...copied }],
  pin: [
    {
      name: 'pin',
      label: 'PIN, six digits',
      secret: true,
      form: /^\d{6}$/,
      problem: 'A PIN has six digits.',
    },
  ],
  ids: [
    { name: 'phoneNumberId', label: 'Phone number ID', ...digits },
    { name: 'wabaId', label: 'WhatsApp Business account ID', ...digits },
    { name: 'appId', label: 'App ID', ...digits },
  ],
};

type Props = { mend: Mend; number: Connecting; onMended: () => void };

/** What has to be replaced, where it was found wrong; saving it checks at once. */
export function MendForm({ mend, number, onMended }: Props) {
  const { slug: tenant } = useMember();
  const trpc = useTRPC();
  const asked = asks[mend].filter(({ name }) => name !== 'appId' || number.appId !== null);
  const known = { phoneNumberId: number.phoneNumberId, wabaId: number.wabaId, appId: number.appId ?? '' };
  const [values, setValues] = useState<Partial<Record<Value, string>>>(mend === 'ids' ? known : {});
  const [shown, setShown] = useState(false);
  const typed = (name: Value) => (values[name] ?? '').trim();
  const save = useMutation(trpc.connect.mend.mutationOptions({ onSuccess: onMended }));

  function submit(event: FormEvent) {
    event.preventDefault();
    setShown(true);
    if (save.isPending || asked.some(({ name, form }) => !form.test(typed(name)))) return;
    const changed = Object.fromEntries(asked.map(({ name }) => [name, typed(name)]));
    save.mutate({ tenant, id: number.id, ...changed });
  }

  return (
    <form
      method="post"
      noValidate
      onSubmit={submit}
      className="mt-3 flex items-end gap-2 max-[899px]:flex-col max-[899px]:items-stretch"
    >
      <div className="grid flex-1 gap-2">
        {asked.map(({ name, label, secret, form, problem }) => (
          <Field
            key={name}
            label={label}
            type={secret ? 'password' : 'text'}
            autoComplete="off"
            spellCheck={false}
            value={values[name] ?? ''}
            error={shown && !form.test(typed(name)) ? problem : undefined}
            onChange={({ target }) => setValues({ ...values, [name]: target.value })}
          />
        ))}
        {save.isError && <Notice tone="danger">{wordsOf(save.error)}</Notice>}
      </div>
      <Button type="submit" look="primary" busy={save.isPending} className="h-9 max-[899px]:h-11">
        Save and check
      </Button>
    </form>
  );
}
