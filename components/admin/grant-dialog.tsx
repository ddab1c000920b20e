'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useAdmin } from '#components/trpc/admin.tsx';
import { isRefusal, wordsOf } from '#components/trpc/errors.ts';
import { type QuotaName, quotas, quotaWords } from '#components/trpc/quota-words.ts';
import { AskReason } from '#components/ui/ask-reason.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import type { TenantView } from './tenant-page.tsx';

type Props = { tenant: TenantView; onClose: () => void };

/** Lets one tenant have more or less of one quota than its tier says, for a reason, perhaps for a time. */
export function GrantDialog({ tenant: { slug, name, spending }, onClose }: Props) {
  const [quota, setQuota] = useState<QuotaName>('messages');
  const [value, setValue] = useState('');
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const [why, setWhy] = useState('');
  const admin = useAdmin();
  const queryClient = useQueryClient();
  const grant = useMutation(
    admin.grant.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: admin.pathKey() });
        onClose();
      },
    }),
  );
  const chosen = quotas.find((one) => one.name === quota);
  const isOversold = isRefusal(grant.error, 'oversold');
  const isReady = value.trim() !== '' && reason.trim() !== '' && (!isOversold || why.trim() !== '');

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isReady || grant.isPending) return;
    const expiresAt = until === '' ? null : new Date(`${until}T23:59:59Z`).toISOString();
    grant.mutate({ slug, quota, value: Number(value), reason, expiresAt, ...(isOversold && { why }) });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Grant to ${name}`}
      description="It counts at once, instead of what the tier says and what was granted of it before."
      actions={
        <>
          <Button onClick={onClose} className="max-[899px]:h-11">
            Cancel
          </Button>
          <Button
            type="submit"
            form="tenant-grant"
            look="primary"
            busy={grant.isPending}
            disabled={!isReady}
            className="max-[899px]:h-11"
          >
            {isOversold ? 'Grant all the same' : 'Grant'}
          </Button>
        </>
      }
    >
      <form id="tenant-grant" method="post" noValidate onSubmit={submit} className="space-y-4">
        <SelectField
          label="Quota"
          hint={chosen && `Now: ${quotaWords(spending.quotas[chosen.key])}.`}
          value={quota}
          onChange={({ target }) => setQuota(quotas.find((one) => one.name === target.value)?.name ?? quota)}
        >
          {quotas.map(({ name: one, label }) => (
            <option key={one} value={one}>
              {label}
            </option>
          ))}
        </SelectField>
        <Field
          label="May have"
          type="number"
          min={0}
          step="any"
          required
          value={value}
          onChange={({ target }) => setValue(target.value)}
        />
        <Field
          label="Why"
          hint="The tenant’s audit log keeps it."
          required
          maxLength={300}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        <Field
          label="Last day"
          type="date"
          hint="In UTC. Empty: until it is taken back."
          value={until}
          onChange={({ target }) => setUntil(target.value)}
        />
        {isOversold ? (
          <AskReason words={wordsOf(grant.error)} reason={why} onReason={setWhy} />
        ) : (
          grant.isError && <Notice tone="danger">{wordsOf(grant.error)}</Notice>
        )}
      </form>
    </Dialog>
  );
}
