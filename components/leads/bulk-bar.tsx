'use client';
import { Download, Tag, Trash2, UserPlus, X } from 'lucide-react';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { useGivesWay, waitsWords } from '#components/trpc/use-gives-way.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuGroup, MenuItem } from '#components/ui/menu.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { LabelMenu } from './label-menu.tsx';
import { changeWords, countWords } from './lead-words.ts';
import type { Choices, Filter, Who } from './leads.ts';
import type { useBulk } from './use-bulk.ts';
import type { Selection } from './use-selection.ts';

type Props = {
  selection: Selection;
  total: { count: number; more: boolean } | undefined;
  filter: Filter;
  choices: Choices;
  bulk: ReturnType<typeof useBulk>;
};

/** What can be done with those who are chosen; it floats, and says how many of how many. */
export function BulkBar({ selection, total, filter, choices, bulk }: Props) {
  const { may } = useMember();
  const [deleting, setDeleting] = useState(false);
  const [exporting, setExporting] = useState(false);
  const { running, error } = bulk;
  const waits = useGivesWay('bulk-change', running !== null);
  if (selection.ids.size === 0 && !running && !error) return null;
  const who: Who = selection.all ? { filter } : { ids: [...selection.ids] };
  const count = selection.all && total ? countWords(total) : selection.ids.size.toLocaleString('en');
  const mayAll =
    selection.allLoaded && !selection.all && total && (total.more || total.count > selection.ids.size);
  return (
    <section
      aria-label="Chosen leads"
      className="pointer-events-none absolute inset-x-0 bottom-5 z-20 flex flex-col items-center gap-2 px-3 max-[899px]:bottom-3"
    >
      {error && (
        <Notice tone="danger" className="pointer-events-auto shadow-pop">
          {wordsOf(error)}
        </Notice>
      )}
      {running && (
        <p
          role="status"
          className="num pointer-events-auto rounded-md bg-surface-1 px-4 py-2.5 text-sm text-strong shadow-pop"
        >
          {changeWords(running)}
          {waits && `. ${waitsWords}.`}
        </p>
      )}
      {selection.ids.size > 0 && (
        <div className="pointer-events-auto flex max-w-full flex-wrap items-center gap-1 rounded-md bg-surface-1 py-1.5 ps-3 pe-1.5 shadow-pop">
          <p role="status" className="num me-1 text-sm font-semibold whitespace-nowrap text-strong">
            {count} of {total ? countWords(total) : '…'} selected
          </p>
          {mayAll && (
            <Button look="ghost" className="text-accent-text" onClick={selection.selectAll}>
              Select all {countWords(total)}
            </Button>
          )}
          {may.includes('leads.edit') && (
            <>
              <LabelMenu
                labels={choices.labels}
                trigger={
                  <Button look="ghost" icon={Tag} busy={bulk.busy}>
                    Label
                  </Button>
                }
                onAdd={(labelId) => bulk.change(who, { kind: 'label', labelId }, selection.clear)}
                onRemove={(labelId) => bulk.change(who, { kind: 'unlabel', labelId }, selection.clear)}
              />
              <AssignMenu
                members={choices.members}
                onAssign={(userId) => bulk.change(who, { kind: 'assign', userId }, selection.clear)}
              />
            </>
          )}
          {may.includes('leads.export') && (
            <Button look="ghost" icon={Download} onClick={() => setExporting(true)}>
              Export
            </Button>
          )}
          {may.includes('leads.delete') && (
            <Button look="ghost" icon={Trash2} className="text-danger!" onClick={() => setDeleting(true)}>
              Delete {count}
            </Button>
          )}
          <IconButton label="Select nobody" icon={X} onClick={selection.clear} />
        </div>
      )}
      {exporting && <ExportDialog open onOpenChange={setExporting} who={who} count={count} />}
      <Dialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete ${count} ${count === '1' ? 'lead' : 'leads'}?`}
        description="They and their conversations are out of every list at once, and gone for good after 30 days. Whoever writes in before is back. You can undo this right afterwards."
        actions={
          <>
            <Button onClick={() => setDeleting(false)}>Cancel</Button>
            <Button
              look="danger"
              busy={bulk.busy}
              onClick={() =>
                bulk.remove(who, () => {
                  setDeleting(false);
                  selection.clear();
                })
              }
            >
              Delete
            </Button>
          </>
        }
      >
        {error && <Notice tone="danger">{wordsOf(error)}</Notice>}
      </Dialog>
    </section>
  );
}

function AssignMenu({
  members,
  onAssign,
}: {
  members: Choices['members'];
  onAssign: (userId: string | null) => void;
}) {
  return (
    <Menu
      side="top"
      trigger={
        <Button look="ghost" icon={UserPlus}>
          Assign
        </Button>
      }
    >
      <MenuGroup label="With their open conversations, to">
        {members.map(({ userId, name }) => (
          <MenuItem key={userId} onClick={() => onAssign(userId)}>
            {name}
          </MenuItem>
        ))}
      </MenuGroup>
      <MenuItem onClick={() => onAssign(null)}>Nobody</MenuItem>
    </Menu>
  );
}
