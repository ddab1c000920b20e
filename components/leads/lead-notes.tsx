'use client';
import { Pencil, Trash2 } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Time } from '#components/ui/time.tsx';
import { sinceTime } from '#components/ui/time-words.ts';
import { useToast } from '#components/ui/toast.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { useNow } from '#components/ui/use-now.tsx';
import { Card } from './card.tsx';
import { type LeadView, useLeadDeeds } from './leads.ts';

type Note = LeadView['notes'][number];

/** What the team knows and the lead never sees. */
export function LeadNotes({ lead }: { lead: LeadView }) {
  const { slug, may } = useMember();
  const { addNote } = useLeadDeeds();
  return (
    <Card title="Notes">
      {may.includes('leads.edit') && (
        <NoteForm
          label="New note"
          verb="Add note"
          pending={addNote.isPending}
          error={addNote.error}
          onSave={(body, onDone) =>
            addNote.mutate({ tenant: slug, leadId: lead.id, body }, { onSuccess: () => onDone() })
          }
        />
      )}
      {lead.notes.length === 0 ? (
        <p className="mt-3 text-sm text-muted">No notes yet. The lead never sees them.</p>
      ) : (
        <ul className="mt-4 space-y-3">
          {lead.notes.map((note) => (
            <li key={note.id} className="rounded-md border border-line px-3 py-2.5">
              <NoteView lead={lead} note={note} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function NoteView({ lead, note }: { lead: LeadView; note: Note }) {
  const { slug, timeZone } = useMember();
  const now = useNow(60_000);
  const toast = useToast();
  const { addNote, editNote, deleteNote } = useLeadDeeds();
  const [editing, setEditing] = useState(false);
  const { id, body, authorName, at, editedAt, yours } = note;
  if (editing)
    return (
      <NoteForm
        label="Note"
        verb="Save"
        initial={body}
        pending={editNote.isPending}
        error={editNote.error}
        onCancel={() => setEditing(false)}
        onSave={(text) =>
          editNote.mutate({ tenant: slug, id, body: text }, { onSuccess: () => setEditing(false) })
        }
      />
    );
  return (
    <>
      <div className="flex min-h-8 items-center gap-2 text-xs text-muted">
        <span className="min-w-0 flex-1">
          <bdi className="font-medium text-normal">{authorName}</bdi> ·{' '}
          <Time at={at} timeZone={timeZone} words={sinceTime(new Date(at), now, timeZone)} />
          {editedAt && ' · edited'}
        </span>
        {yours && (
          <>
            <IconButton label="Edit the note" icon={Pencil} onClick={() => setEditing(true)} />
            <IconButton
              label="Delete the note"
              icon={Trash2}
              onClick={() =>
                deleteNote.mutate(
                  { tenant: slug, id },
                  {
                    onSuccess: () =>
                      toast({
                        text: 'The note is deleted.',
                        action: {
                          label: 'Undo',
                          run: () => addNote.mutate({ tenant: slug, leadId: lead.id, body }),
                        },
                      }),
                  },
                )
              }
            />
          </>
        )}
      </div>
      <p dir="auto" className="mt-1 text-base whitespace-pre-wrap wrap-anywhere text-strong">
        {body}
      </p>
      {deleteNote.isError && (
        <p role="alert" className="text-xs text-danger">
          {wordsOf(deleteNote.error)}
        </p>
      )}
    </>
  );
}

type FormProps = {
  label: string;
  verb: string;
  initial?: string;
  pending: boolean;
  error: unknown;
  onSave: (body: string, onDone: () => void) => void;
  onCancel?: () => void;
};

function NoteForm({ label, verb, initial = '', pending, error, onSave, onCancel }: FormProps) {
  const id = useId();
  const hydrated = useHydrated();
  const [text, setText] = useState(initial);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!pending) onSave(text, () => setText(''));
  }
  return (
    <form method="post" onSubmit={submit}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium text-strong">
        {label}
      </label>
      <textarea
        id={id}
        dir="auto"
        rows={3}
        required
        maxLength={5_000}
        readOnly={!hydrated}
        value={text}
        onChange={({ target }) => setText(target.value)}
        className="w-full rounded-md border border-line-strong bg-surface-1 px-3 py-2 text-base text-strong max-[899px]:text-lg"
      />
      {error !== null && (
        <p role="alert" className="text-xs text-danger">
          {wordsOf(error)}
        </p>
      )}
      <div className="mt-1.5 flex justify-end gap-2">
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
        <Button type="submit" busy={pending}>
          {verb}
        </Button>
      </div>
    </form>
  );
}
