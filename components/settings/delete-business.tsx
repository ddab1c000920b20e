'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { setGivingUp } from '#components/trpc/giving-up.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';

/** The owner's way to end it all, with days to think better of it. */
export function DeleteBusiness() {
  const [asking, setAsking] = useState(false);
  return (
    <section
      aria-labelledby="delete-business"
      className="mt-5 max-w-2xl rounded-md border border-danger bg-surface-1 p-5"
    >
      <h2 id="delete-business" className="text-base font-semibold text-strong">
        Delete this business
      </h2>
      <p className="mt-1 text-sm text-normal">
        Everybody is shut out at once, and nothing more is sent. For 30 days an owner can take it back; after
        that everything in it is erased for good.
      </p>
      <Button look="danger" className="mt-3 max-[899px]:h-11" onClick={() => setAsking(true)}>
        Delete this business…
      </Button>
      {asking && <Ask onClose={() => setAsking(false)} />}
    </section>
  );
}

function Ask({ onClose }: { onClose: () => void }) {
  const { slug, name } = useMember();
  const trpc = useTRPC();
  const [typed, setTyped] = useState('');
  const { data: holdings } = useQuery({
    ...trpc.tenants.holdings.queryOptions({ tenant: slug }),
    staleTime: 0,
  });
  const end = useMutation(trpc.tenants.delete.mutationOptions());
  const isSure = plain(typed) === plain(name);

  // Another document: nothing of this tenant is left in it.
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isSure || end.isPending || end.isSuccess) return;
    setGivingUp(true);
    end.mutate(
      { tenant: slug, typedName: typed },
      {
        onSuccess: () => window.location.assign(`/suspended/${slug}`),
        onError: () => setGivingUp(false),
      },
    );
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Delete ${name}?`}
      description={`${holdings ? wordsFor(holdings) : 'All numbers, people and conversations'}: erased in 30 days. Until then any owner can take it back; everybody is shut out at once.`}
      actions={
        <>
          <Button onClick={onClose} className="max-[899px]:h-11">
            Cancel
          </Button>
          <Button
            type="submit"
            form="delete-business-form"
            look="danger"
            busy={end.isPending || end.isSuccess}
            disabled={!isSure}
            className="max-[899px]:h-11"
          >
            Delete
          </Button>
        </>
      }
    >
      <form id="delete-business-form" method="post" onSubmit={submit} className="space-y-4">
        <Field
          label={`Type ${name} to be sure`}
          required
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        {end.isError && <Notice tone="danger">{wordsOf(end.error)}</Notice>}
      </form>
    </Dialog>
  );
}

type Holdings = { numbers: number; leads: number; conversations: number; members: number };

/** "2 numbers, 1,204 leads, 980 conversations and the places of 4 members"; what there is none of is left out. */
function wordsFor({ numbers, leads, conversations, members }: Holdings): string {
  const count = (amount: number, one: string) =>
    `${amount.toLocaleString('en')} ${one}${amount === 1 ? '' : 's'}`;
  const things = [
    numbers > 0 && count(numbers, 'number'),
    leads > 0 && count(leads, 'lead'),
    conversations > 0 && count(conversations, 'conversation'),
    `the places of ${count(members, 'member')}`,
  ].filter((words) => words !== false);
  return new Intl.ListFormat('en').format(things);
}

const plain = (name: string) => name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
