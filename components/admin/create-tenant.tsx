'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useAdmin } from '#components/trpc/admin.tsx';
import { isRefusal, wordsOf } from '#components/trpc/errors.ts';
import { AskReason } from '#components/ui/ask-reason.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { SelectField } from '#components/ui/select-field.tsx';

/** Makes a tenant for somebody who is then invited as its owner. */
export function CreateTenant() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look="primary" icon={Plus} onClick={() => setOpen(true)} className="max-[899px]:h-11">
        New tenant
      </Button>
      {isOpen && <CreateDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function CreateDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [typedSlug, setSlug] = useState<string | null>(null);
  const [email, setEmail] = useState('');
  const [chosenTier, setTier] = useState<string | null>(null);
  const [why, setWhy] = useState('');
  const { data: known } = useQuery(useAdmin().capacity.tierNames.queryOptions());
  const create = useCreate();
  const tierId = chosenTier ?? known?.defaultTierId ?? '';
  const isOversold = isRefusal(create.error, 'oversold');
  const slug = typedSlug ?? slugFor(name);
  const isReady =
    name.trim() !== '' && slug !== '' && email.trim() !== '' && (!isOversold || why.trim() !== '');

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isReady && !create.isPending)
      create.mutate({ name, slug, email, tierId: tierId === '' ? null : tierId, ...(isOversold && { why }) });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="New tenant"
      description="Its owner gets a letter with a link, which works for seven days, and is led from there to the first answered message."
      actions={
        <>
          <Button onClick={onClose} className="max-[899px]:h-11">
            Cancel
          </Button>
          <Button
            type="submit"
            form="new-tenant"
            look="primary"
            busy={create.isPending}
            disabled={!isReady}
            className="max-[899px]:h-11"
          >
            {isOversold ? 'Create all the same' : 'Create and invite'}
          </Button>
        </>
      }
    >
      <form id="new-tenant" method="post" noValidate onSubmit={submit} className="space-y-4">
        <Field
          label="Business name"
          required
          maxLength={80}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Field
          label="Slug"
          required
          maxLength={63}
          autoComplete="off"
          spellCheck={false}
          hint="Its part of every address; it cannot be changed later."
          value={slug}
          onChange={({ target }) => setSlug(target.value)}
        />
        <Field
          label="Owner’s e-mail"
          type="email"
          required
          maxLength={320}
          autoComplete="off"
          value={email}
          onChange={({ target }) => setEmail(target.value)}
        />
        <SelectField label="Tier" value={tierId} onChange={({ target }) => setTier(target.value)}>
          <option value="">No tier, no limits</option>
          {known?.tiers.map(({ id, name: tier }) => (
            <option key={id} value={id}>
              {tier}
            </option>
          ))}
        </SelectField>
        {isOversold ? (
          <AskReason words={wordsOf(create.error)} reason={why} onReason={setWhy} />
        ) : (
          create.isError && <Notice tone="danger">{wordsOf(create.error)}</Notice>
        )}
      </form>
    </Dialog>
  );
}

/** Leads to the tenant that was made. */
function useCreate() {
  const admin = useAdmin();
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation(
    admin.create.mutationOptions({
      onSuccess: ({ slug }) => {
        void queryClient.invalidateQueries({ queryKey: admin.tenants.pathKey() });
        router.push(`/admin/tenants/${slug}`);
      },
    }),
  );
}

/** A first guess, while nobody has typed another one. */
const slugFor = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
