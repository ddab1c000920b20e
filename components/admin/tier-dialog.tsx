'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useAdmin } from '#components/trpc/admin.tsx';
import { isRefusal, wordsOf } from '#components/trpc/errors.ts';
import { quotaWords } from '#components/trpc/quota-words.ts';
import { AskReason } from '#components/ui/ask-reason.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import type { TenantView } from './tenant-page.tsx';

type Props = { tenant: TenantView; onClose: () => void };

/** Sells a tenant another tier; says beforehand what changes. */
export function TierDialog({ tenant: { slug, name, spending }, onClose }: Props) {
  const admin = useAdmin();
  const { data } = useQuery(admin.capacity.tierNames.queryOptions());
  const [tierId, setTierId] = useState(spending.tierId ?? '');
  const [reason, setReason] = useState('');
  const [why, setWhy] = useState('');
  const queryClient = useQueryClient();
  const change = useMutation(
    admin.setTier.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: admin.pathKey() });
        onClose();
      },
    }),
  );
  const chosen = data?.tiers.find(({ id }) => id === tierId);
  const isOversold = isRefusal(change.error, 'oversold');
  const isReady = tierId !== (spending.tierId ?? '') && (!isOversold || why.trim() !== '');

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isReady || change.isPending) return;
    change.mutate({ slug, tierId: tierId === '' ? null : tierId, reason, ...(isOversold && { why }) });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Tier of ${name}`}
      description="It counts at once. What was granted beside the tier stays."
      actions={
        <>
          <Button onClick={onClose} className="max-[899px]:h-11">
            Cancel
          </Button>
          <Button
            type="submit"
            form="tenant-tier"
            look="primary"
            busy={change.isPending}
            disabled={!isReady}
            className="max-[899px]:h-11"
          >
            {isOversold ? 'Sell all the same' : 'Change tier'}
          </Button>
        </>
      }
    >
      <form id="tenant-tier" method="post" onSubmit={submit} className="space-y-4">
        <SelectField label="Tier" value={tierId} onChange={({ target }) => setTierId(target.value)}>
          <option value="">No tier, no limits</option>
          {data?.tiers.map(({ id, name: tier }) => (
            <option key={id} value={id}>
              {tier}
            </option>
          ))}
        </SelectField>
        {chosen && tierId !== spending.tierId && (
          <p className="num text-sm text-normal">
            {name} may have {quotaWords(chosen.activeConversations)} active conversations and send{' '}
            {quotaWords(chosen.messages)} messages a day instead of{' '}
            {quotaWords(spending.quotas.activeConversations)} and {quotaWords(spending.quotas.messages)}.
          </p>
        )}
        <Field
          label="Reason"
          hint="If it is worth noting; the tenant’s audit log keeps it."
          maxLength={300}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        {isOversold ? (
          <AskReason words={wordsOf(change.error)} reason={why} onReason={setWhy} />
        ) : (
          change.isError && <Notice tone="danger">{wordsOf(change.error)}</Notice>
        )}
      </form>
    </Dialog>
  );
}
