'use client';
import { useQuery } from '@tanstack/react-query';
import { Ellipsis, Plus } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { cx } from '#components/ui/cx.ts';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { countWords } from './lead-words.ts';
import { type Segment, useLeadDeeds } from './leads.ts';
import { everybody } from './queries.ts';
import type { View } from './use-view.ts';

const tab =
  '-mb-px flex h-9 shrink-0 items-center gap-1.5 border-b-2 text-sm -outline-offset-2 max-[899px]:h-11';
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** The saved filters, live: who is in one is asked anew each time. */
export function SegmentTabs({ view, onShow }: { view: View; onShow: (view: Partial<View>) => void }) {
  const { slug, may } = useMember();
  const trpc = useTRPC();
  const segments = useQuery(trpc.people.segments.queryOptions({ tenant: slug })).data ?? [];
  const counts = useQuery({
    ...trpc.people.segmentCounts.queryOptions({ tenant: slug }),
    enabled: segments.length > 0,
  }).data;
  const [naming, setNaming] = useState<Segment | 'new' | null>(null);
  const current = segments.find(({ id }) => id === view.segment);
  const isEverybody = same(view.filter, everybody);
  const changed = current ? !same(current.filter, view.filter) : !isEverybody;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form.
    <div
      role="group"
      aria-label="Segments"
      className="flex shrink-0 items-center gap-4 overflow-x-auto border-b border-line px-6 whitespace-nowrap [scrollbar-width:none] max-[899px]:px-4"
    >
      <button
        type="button"
        aria-pressed={!current}
        onClick={() => onShow({ filter: everybody, segment: null })}
        className={cx(
          tab,
          current ? 'border-transparent text-muted' : 'border-accent font-medium text-strong',
        )}
      >
        All leads
      </button>
      {segments.map((segment) => (
        <button
          key={segment.id}
          type="button"
          aria-pressed={segment === current}
          onClick={() => onShow({ filter: segment.filter, segment: segment.id })}
          className={cx(
            tab,
            segment === current ? 'border-accent font-medium text-strong' : 'border-transparent text-muted',
          )}
        >
          {segment.name}
          {counts?.[segment.id] && (
            <span className="num text-xs font-normal text-muted">
              {countWords(counts[segment.id] ?? none)}
            </span>
          )}
        </button>
      ))}
      {may.includes('leads.edit') && (
        <>
          {current && (
            <SegmentMenu
              segment={current}
              changed={changed}
              view={view}
              onShow={onShow}
              onRename={setNaming}
            />
          )}
          {changed && (
            <button
              type="button"
              onClick={() => setNaming('new')}
              className="flex h-9 shrink-0 items-center gap-1 text-sm text-muted -outline-offset-2 hover:text-strong max-[899px]:h-11"
            >
              <Plus aria-hidden="true" strokeWidth={1.75} className="size-3.5" />
              Save as segment
            </button>
          )}
        </>
      )}
      {naming && (
        <NameDialog
          segment={naming === 'new' ? null : naming}
          view={view}
          onClose={() => setNaming(null)}
          onSaved={(segment) => onShow({ segment })}
        />
      )}
    </div>
  );
}

const none = { count: 0, more: false };

type MenuProps = {
  segment: Segment;
  changed: boolean;
  view: View;
  onShow: (view: Partial<View>) => void;
  onRename: (segment: Segment) => void;
};

function SegmentMenu({ segment, changed, view, onShow, onRename }: MenuProps) {
  const { slug } = useMember();
  const toast = useToast();
  const { changeSegment, deleteSegment, saveSegment } = useLeadDeeds();
  const { id, name, filter } = segment;
  return (
    <Menu trigger={<IconButton label={`Actions for ${name}`} icon={Ellipsis} />}>
      {changed && (
        <MenuItem onClick={() => changeSegment.mutate({ tenant: slug, id, filter: view.filter })}>
          Keep the changed filter
        </MenuItem>
      )}
      <MenuItem onClick={() => onRename(segment)}>Rename</MenuItem>
      <MenuItem
        onClick={() =>
          deleteSegment.mutate(
            { tenant: slug, id },
            {
              onSuccess: () => {
                onShow({ filter: everybody, segment: null });
                toast({
                  text: `The segment “${name}” is deleted. Its leads are not.`,
                  action: { label: 'Undo', run: () => saveSegment.mutate({ tenant: slug, name, filter }) },
                });
              },
            },
          )
        }
      >
        Delete
      </MenuItem>
    </Menu>
  );
}

type NameProps = {
  /** Null for a new one. */
  segment: Segment | null;
  view: View;
  onClose: () => void;
  onSaved: (id: string) => void;
};

function NameDialog({ segment, view, onClose, onSaved }: NameProps) {
  const { slug } = useMember();
  const { saveSegment, changeSegment } = useLeadDeeds();
  const form = useId();
  const [name, setName] = useState(segment?.name ?? '');
  const deed = segment ? changeSegment : saveSegment;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (deed.isPending) return;
    if (segment) changeSegment.mutate({ tenant: slug, id: segment.id, name }, { onSuccess: onClose });
    else
      saveSegment.mutate(
        { tenant: slug, name, filter: view.filter },
        {
          onSuccess: ({ id }) => {
            onSaved(id);
            onClose();
          },
        },
      );
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={segment ? 'Rename the segment' : 'Save as segment'}
      description="The whole team sees it. Who is in it follows the leads as they change."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} look="primary" busy={deed.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id={form} method="post" onSubmit={submit}>
        <Field
          label="Name"
          required
          maxLength={80}
          autoComplete="off"
          value={name}
          error={deed.isError ? wordsOf(deed.error) : undefined}
          onChange={({ target }) => setName(target.value)}
        />
      </form>
    </Dialog>
  );
}
