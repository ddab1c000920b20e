'use client';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { type FormEvent, useId, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { CountryField } from './country-field.tsx';
import { useLeadDeeds } from './leads.ts';

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** Adds somebody by hand; whoever is there already is shown instead. */
export function AddLeadDialog({ open, onOpenChange }: Props) {
  const { slug } = useMember();
  const toast = useToast();
  const router = useRouter();
  const { add } = useLeadDeeds();
  const form = useId();
  const [phone, setPhone] = useState('');
  const [country, setCountry] = useState('');
  const [name, setName] = useState('');
  function change(next: boolean) {
    if (!next) add.reset();
    onOpenChange(next);
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (add.isPending) return;
    add.mutate(
      { tenant: slug, phone, country, name },
      {
        onSuccess: ({ id, known }) => {
          change(false);
          setPhone('');
          setName('');
          toast({ text: known ? 'This number was known already. Here they are.' : 'The lead is added.' });
          router.push(`/t/${slug}/leads/${id}` as Route);
        },
      },
    );
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title="Add a lead"
      actions={
        <>
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button type="submit" form={form} look="primary" busy={add.isPending}>
            Add
          </Button>
        </>
      }
    >
      <form id={form} method="post" onSubmit={submit} className="space-y-4">
        <CountryField value={country} onChange={setCountry} />
        <Field
          label="Phone"
          type="tel"
          required
          maxLength={60}
          autoComplete="off"
          hint="With or without the country’s code"
          value={phone}
          error={add.isError ? wordsOf(add.error) : undefined}
          onChange={({ target }) => setPhone(target.value)}
        />
        <Field
          label="Name"
          maxLength={200}
          autoComplete="off"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </form>
    </Dialog>
  );
}
