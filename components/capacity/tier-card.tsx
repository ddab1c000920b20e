'use client';
import { ArrowDown, ArrowUp, Pencil } from 'lucide-react';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { quotaWords, tierQuotas } from '#components/trpc/quota-words.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Tag } from '#components/ui/tag.tsx';
import type { Tier } from './queries.ts';
import { useDeeds } from './use-deeds.ts';
import { count, sentenceCase, tenants } from './words.ts';

type Props = { tier: Tier; isFirst: boolean; isLast: boolean; isForNew: boolean; onEdit: () => void };

/** One tier: who has it, what it allows, and where that is not what the model says. */
export function TierCard({ tier, isFirst, isLast, isForNew, onEdit }: Props) {
  const { id, name, drift, model, sold, room } = tier;
  const byModel = new Map<string, number>(Object.entries(model ?? {}));
  const { moveTier } = useDeeds();
  const [isDeleting, setDeleting] = useState(false);
  return (
    <li className="rounded-md border border-line bg-surface-1 px-5 py-4 max-[899px]:px-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="text-lg font-semibold wrap-anywhere text-strong">{name}</h2>
        {isForNew && <Tag>For who signs up</Tag>}
        {drift.length > 0 && <Tag tone="warning">Not what the model says</Tag>}
        <span className="flex flex-1 items-center justify-end">
          {!isFirst && (
            <IconButton
              label={`Move ${name} up`}
              icon={ArrowUp}
              onClick={() => moveTier.mutate({ id, by: -1 })}
            />
          )}
          {!isLast && (
            <IconButton
              label={`Move ${name} down`}
              icon={ArrowDown}
              onClick={() => moveTier.mutate({ id, by: 1 })}
            />
          )}
          <IconButton label={`Edit ${name}`} icon={Pencil} onClick={onEdit} />
          <Button
            look="ghost"
            size="small"
            aria-label={`Delete ${name}`}
            onClick={() => setDeleting(true)}
            className="ms-1"
          >
            Delete
          </Button>
        </span>
      </header>
      <p className="num text-sm text-muted">
        {tenants(tier.tenants)}
        {tier.tenants > 0 &&
          `, ${count(sold)} active conversations a day sold, ${count(tier.used)} used yesterday`}
        {room !== null && ` · room for ${count(room)} more`}
      </p>
      <dl className="mt-3 grid grid-cols-2 gap-x-6 gap-y-3 min-[640px]:grid-cols-4">
        {tierQuotas.map(({ key, label }) => {
          const wanted = drift.some((one) => one === key) ? byModel.get(key) : undefined;
          return (
            <div key={key}>
              <dt className="text-xs text-muted">{label}</dt>
              <dd className="num text-base font-medium text-strong">
                {sentenceCase(quotaWords(tier[key]))}
                {wanted !== undefined && (
                  <span className="block text-xs font-normal text-warning">Model: {quotaWords(wanted)}</span>
                )}
              </dd>
            </div>
          );
        })}
        <div>
          <dt className="text-xs text-muted">Grace for members</dt>
          <dd className="num text-base font-medium text-strong">{tier.grace}&nbsp;%</dd>
        </div>
      </dl>
      {moveTier.isError && (
        <Notice tone="danger" className="mt-3">
          {wordsOf(moveTier.error)}
        </Notice>
      )}
      {isDeleting && <DeleteTier tier={tier} onClose={() => setDeleting(false)} />}
    </li>
  );
}

function DeleteTier({ tier: { id, name }, onClose }: { tier: Tier; onClose: () => void }) {
  const { deleteTier } = useDeeds();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Delete ${name}?`}
      description="Only a tier that no tenant has can be deleted."
      actions={
        <>
          <Button onClick={onClose} className="max-[899px]:h-11">
            Cancel
          </Button>
          <Button
            look="danger"
            busy={deleteTier.isPending}
            onClick={() => deleteTier.mutate({ id }, { onSuccess: onClose })}
            className="max-[899px]:h-11"
          >
            Delete
          </Button>
        </>
      }
    >
      {deleteTier.isError && <Notice tone="danger">{wordsOf(deleteTier.error)}</Notice>}
    </Dialog>
  );
}
