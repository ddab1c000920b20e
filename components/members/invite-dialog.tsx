'use client';
import { type FormEvent, useId, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { givenBy, type Role, roleNames, useMemberDeeds } from './members.ts';

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

const hints: Record<Role, string> = {
  agent: 'Reads and answers conversations.',
  admin: 'Answers too, and manages numbers, the bot, leads and members.',
  owner: 'Everything, the ownership included.',
};

export function InviteDialog({ open, onOpenChange }: Props) {
  const form = useId();
  const { invite } = useMemberDeeds();
  const change = (next: boolean) => {
    if (!next) invite.reset();
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title="Invite somebody"
      description="They get a letter with a link. It works once, for 7 days."
      actions={
        <>
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button type="submit" form={form} look="primary" busy={invite.isPending}>
            Send the invitation
          </Button>
        </>
      }
    >
      <Form id={form} invite={invite} onDone={() => change(false)} />
    </Dialog>
  );
}

type FormProps = { id: string; invite: ReturnType<typeof useMemberDeeds>['invite']; onDone: () => void };

function Form({ id, invite, onDone }: FormProps) {
  const { slug, role: own } = useMember();
  const toast = useToast();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('agent');

  function submit(event: FormEvent) {
    event.preventDefault();
    if (invite.isPending) return;
    invite.mutate(
      { tenant: slug, email, role },
      {
        onSuccess: () => {
          onDone();
          toast({ text: `The invitation to ${email.trim()} is on its way.` });
        },
      },
    );
  }

  return (
    <form id={id} method="post" onSubmit={submit} className="space-y-4">
      {invite.isError && <Notice tone="danger">{wordsOf(invite.error)}</Notice>}
      <Field
        label="Email"
        type="email"
        autoComplete="off"
        required
        maxLength={320}
        value={email}
        onChange={({ target }) => setEmail(target.value)}
      />
      <SelectField
        label="Role"
        hint={hints[role]}
        value={role}
        onChange={({ target }) => setRole(target.value as Role)}
      >
        {givenBy(own).map((given) => (
          <option key={given} value={given}>
            {roleNames[given]}
          </option>
        ))}
      </SelectField>
    </form>
  );
}
