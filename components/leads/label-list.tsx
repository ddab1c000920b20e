'use client';
import { useQuery } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { countWords } from './lead-words.ts';
import { type Choices, useLeadDeeds } from './leads.ts';
import { countQuery } from './queries.ts';

type Label = Choices['labels'][number];

/** The labels that there are, to be renamed and deleted. */
export function LabelList() {
  const { slug, may } = useMember();
  const trpc = useTRPC();
  const choices = useQuery(trpc.people.choices.queryOptions({ tenant: slug }));
  const [renaming, setRenaming] = useState<Label | null>(null);
  const [deleting, setDeleting] = useState<Label | null>(null);
  const labels = choices.data?.labels;
  return (
    <section aria-labelledby="labels">
      <h2 id="labels" className="text-lg font-semibold text-strong">
        Labels
      </h2>
      {choices.error && (
        <Notice tone="danger" className="mt-3">
          {wordsOf(choices.error)}
        </Notice>
      )}
      {labels?.length === 0 && (
        <p className="mt-3 text-sm text-normal">
          There are no labels yet. Give a lead one on its page, or several in the list.
        </p>
      )}
      <ul className="mt-2 divide-y divide-line">
        {labels?.map((label) => (
          <li key={label.id} className="flex min-h-11 items-center gap-1 text-sm">
            <span className="min-w-0 flex-1 wrap-anywhere text-strong">{label.name}</span>
            {may.includes('leads.edit') && (
              <IconButton label={`Rename ${label.name}`} icon={Pencil} onClick={() => setRenaming(label)} />
            )}
            {may.includes('leads.delete') && (
              <IconButton label={`Delete ${label.name}`} icon={Trash2} onClick={() => setDeleting(label)} />
            )}
          </li>
        ))}
      </ul>
      {renaming && <RenameDialog label={renaming} onClose={() => setRenaming(null)} />}
      {deleting && <DeleteDialog label={deleting} onClose={() => setDeleting(null)} />}
    </section>
  );
}

function RenameDialog({ label, onClose }: { label: Label; onClose: () => void }) {
  const { slug } = useMember();
  const { renameLabel } = useLeadDeeds();
  const [name, setName] = useState(label.name);
  const form = useId();
  function submit(event: FormEvent) {
    event.preventDefault();
    if (renameLabel.isPending) return;
    renameLabel.mutate({ tenant: slug, id: label.id, name }, { onSuccess: onClose });
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Rename the label"
      description="Whoever has it keeps it, under the new name."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" busy={renameLabel.isPending}>
            Rename
          </Button>
        </>
      }
    >
      <form id={form} method="post" onSubmit={submit}>
        <Field
          label="Label"
          required
          maxLength={80}
          autoComplete="off"
          value={name}
          error={renameLabel.isError ? wordsOf(renameLabel.error) : undefined}
          onChange={({ target }) => setName(target.value)}
        />
      </form>
    </Dialog>
  );
}

/** Names how many lose it before they do. */
function DeleteDialog({ label, onClose }: { label: Label; onClose: () => void }) {
  const { slug } = useMember();
  const trpc = useTRPC();
  const { deleteLabel } = useLeadDeeds();
  const count = useQuery(
    countQuery(trpc, slug, {
      ...{ search: '', join: 'all' },
      conditions: [{ field: 'label', is: [label.id], not: false }],
    }),
  ).data;
  const whom =
    count === undefined
      ? 'whoever has it'
      : count.count === 1
        ? 'the 1 lead that has it'
        : `the ${countWords(count)} leads that have it`;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Delete the label “${label.name}”?`}
      description={`It is taken from ${whom}; the leads stay. Segments that ask for it find nobody. You can undo this below.`}
      actions={
        <>
          <Button onClick={onClose}>Keep</Button>
          <Button
            look="danger"
            busy={deleteLabel.isPending}
            onClick={() => deleteLabel.mutate({ tenant: slug, id: label.id }, { onSuccess: onClose })}
          >
            Delete the label
          </Button>
        </>
      }
    >
      {deleteLabel.error && <Notice tone="danger">{wordsOf(deleteLabel.error)}</Notice>}
    </Dialog>
  );
}
