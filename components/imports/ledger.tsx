'use client';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { tableDate } from '#components/ui/time-words.ts';
import { rows, stateWords } from './import-words.ts';
import { type ImportRow, useImportDeeds } from './imports.ts';

export const canUndo = ({ state, startedAt, created, updated }: ImportRow) =>
  startedAt !== null && ['finished', 'cancelled', 'failed'].includes(state) && created + updated > 0;

/** What was brought in before: who, when, which file, what came of it, and the way back. */
export function Ledger({ imports, onOpen }: { imports: ImportRow[]; onOpen: (id: string) => void }) {
  const { timeZone } = useMember();
  const [undoing, setUndoing] = useState<ImportRow | null>(null);
  return (
    <section aria-label="Earlier files" className="mt-10">
      <h2 className="text-lg font-semibold text-strong">Earlier files</h2>
      {imports.length === 0 && <p className="mt-2 text-sm text-muted">Nothing has been brought in yet.</p>}
      <ul className="mt-2 divide-y divide-line">
        {imports.map((row) => (
          <li key={row.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-3 text-sm">
            <div className="min-w-0 flex-1 basis-60">
              <button
                type="button"
                onClick={() => onOpen(row.id)}
                className="max-w-full text-start font-medium wrap-anywhere text-strong hover:underline"
              >
                {row.fileName}
              </button>
              <p className="num text-normal">{stateWords(row)}</p>
              <p className="num text-xs text-muted">
                {row.userName}, {tableDate(new Date(row.createdAt), timeZone)}
              </p>
            </div>
            {canUndo(row) && (
              <Button size="small" icon={Undo2} onClick={() => setUndoing(row)}>
                Undo
              </Button>
            )}
          </li>
        ))}
      </ul>
      {undoing && <UndoDialog row={undoing} onClose={() => setUndoing(null)} />}
    </section>
  );
}

/** Says what goes and what stays before it is done. */
export function UndoDialog({ row, onClose }: { row: ImportRow; onClose: () => void }) {
  const { slug } = useMember();
  const { undo } = useImportDeeds();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Undo this import?"
      description={`The leads of ${rows(row.created)} are removed, and those of ${rows(row.updated)} are as before. Whoever somebody has touched since stays as they are.`}
      actions={
        <>
          <Button onClick={onClose}>Keep</Button>
          <Button
            look="danger"
            busy={undo.isPending}
            onClick={() => undo.mutate({ tenant: slug, id: row.id }, { onSuccess: onClose })}
          >
            Undo it
          </Button>
        </>
      }
    >
      {undo.error && <Notice tone="danger">{wordsOf(undo.error)}</Notice>}
    </Dialog>
  );
}
