'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Merge, Undo2 } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { phoneWords } from '#components/ui/phone-words.ts';
import { useToast } from '#components/ui/toast.tsx';
import { Card } from './card.tsx';
import { noName } from './lead-words.ts';

/** Who may be the same person, and why; who was found to be, and how that is taken back. */
export function LeadMerges({ leadId }: { leadId: string }) {
  const { slug, may } = useMember();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [choosing, setChoosing] = useState(false);
  const suggestions = useQuery(trpc.merges.suggest.queryOptions({ tenant: slug, leadId }));
  const made = useQuery(trpc.merges.list.queryOptions({ tenant: slug, leadId }));
  const refresh = () => queryClient.invalidateQueries();
  const merge = useMutation(trpc.merges.merge.mutationOptions({ onSuccess: refresh }));
  const refuse = useMutation(trpc.merges.refuse.mutationOptions({ onSuccess: refresh }));
  const undo = useMutation(
    trpc.merges.undo.mutationOptions({
      onSuccess: ({ kept }) => {
        toast({
          text:
            kept.length === 0
              ? 'The merge was taken back'
              : `The merge was taken back, but for what changed since: ${kept.join(', ')}`,
        });
        return refresh();
      },
    }),
  );
  const error = merge.error ?? refuse.error ?? undo.error;
  const mayMerge = may.includes('leads.edit');
  return (
    <Card
      title="Same person"
      action={
        mayMerge && (
          <Button size="small" icon={Merge} onClick={() => setChoosing(true)}>
            Merge with…
          </Button>
        )
      }
    >
      {suggestions.data?.length === 0 && made.data?.length === 0 && (
        <p className="text-sm text-muted">Nobody else looks like the same person.</p>
      )}
      <ul className="space-y-3">
        {suggestions.data?.map(({ id, name, phone, evidence }) => (
          <li key={id} className="text-sm">
            <Link
              href={`/t/${slug}/leads/${id}` as Route}
              className="font-medium text-accent-text hover:underline"
            >
              <bdi>{name ?? (phone ? phoneWords(phone) : noName)}</bdi>
            </Link>
            <ul className="text-normal">
              {evidence.map((why) => (
                <li key={why}>{why}</li>
              ))}
            </ul>
            {mayMerge && (
              <div className="mt-1 flex flex-wrap gap-2">
                <Button
                  size="small"
                  icon={Merge}
                  busy={merge.isPending}
                  onClick={() => merge.mutate({ tenant: slug, survivorId: leadId, mergedId: id })}
                >
                  Merge into this lead
                </Button>
                <Button
                  size="small"
                  look="ghost"
                  busy={refuse.isPending}
                  onClick={() => refuse.mutate({ tenant: slug, leadId, otherId: id })}
                >
                  Not the same
                </Button>
              </div>
            )}
          </li>
        ))}
        {made.data?.map(({ id, who, name }) => (
          <li key={id} className="flex flex-wrap items-center gap-2 text-sm">
            <p className="min-w-0 flex-1 text-normal">
              {who} merged <bdi>{name ?? noName}</bdi> into this lead
            </p>
            {mayMerge && (
              <Button
                size="small"
                icon={Undo2}
                busy={undo.isPending}
                onClick={() => undo.mutate({ tenant: slug, id })}
              >
                Undo merge
              </Button>
            )}
          </li>
        ))}
      </ul>
      {error && (
        <Notice tone="danger" className="mt-3">
          {wordsOf(error)}
        </Notice>
      )}
      {choosing && (
        <ChooseLead
          leadId={leadId}
          onClose={() => setChoosing(false)}
          onChoose={(mergedId) => {
            setChoosing(false);
            merge.mutate({ tenant: slug, survivorId: leadId, mergedId });
          }}
        />
      )}
    </Card>
  );
}

type Choosing = { leadId: string; onClose: () => void; onChoose: (id: string) => void };

function ChooseLead({ leadId, onClose, onChoose }: Choosing) {
  const { slug } = useMember();
  const trpc = useTRPC();
  const [search, setSearch] = useState('');
  const found = useQuery({
    ...trpc.people.list.queryOptions({ tenant: slug, filter: { search, join: 'all', conditions: [] } }),
    enabled: search.trim() !== '',
    placeholderData: (before) => before,
  });
  const rows = (search.trim() === '' ? [] : (found.data?.rows ?? []))
    .filter(({ id }) => id !== leadId)
    .slice(0, 8);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Merge somebody into this lead"
      description="This lead keeps what it has and gets what it lacks. The other one’s numbers, notes and history become its own. You can take it back."
    >
      <Field
        label="Who is the same person?"
        value={search}
        hint="Part of a name, an email address or a number"
        onChange={({ target }) => setSearch(target.value)}
      />
      <ul className="mt-3 divide-y divide-line">
        {rows.map(({ id, name, phone }) => (
          <li key={id} className="flex min-h-11 items-center gap-2 text-sm">
            <p className="min-w-0 flex-1 truncate text-strong">
              <bdi>{name ?? noName}</bdi> <span className="text-muted">{phone && phoneWords(phone)}</span>
            </p>
            <Button size="small" icon={Merge} onClick={() => onChoose(id)}>
              Merge
            </Button>
          </li>
        ))}
      </ul>
      {search.trim() !== '' && found.isSuccess && rows.length === 0 && (
        <p className="mt-3 text-sm text-muted">Nobody else matches.</p>
      )}
    </Dialog>
  );
}
