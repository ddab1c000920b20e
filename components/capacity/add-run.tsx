'use client';
import { useId, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { useDeeds } from './use-deeds.ts';

/** Brings in the file of a load test. */
export function AddRun() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)} className="max-[899px]:h-11">
        Bring in a run
      </Button>
      {isOpen && <AddDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const id = useId();
  const hydrated = useHydrated();
  const { addRun } = useDeeds();
  const take = async (file: File) =>
    addRun.mutate({ name: file.name, text: await file.text() }, { onSuccess: onClose });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Bring in a run"
      description="The file that npm run load wrote. It is kept beside the others; it is in use at once only if none is."
      actions={
        <Button onClick={onClose} className="max-[899px]:h-11">
          Cancel
        </Button>
      }
    >
      <label htmlFor={id} className="block text-sm font-medium text-strong">
        File
      </label>
      <input
        id={id}
        type="file"
        accept=".json,application/json"
        disabled={!hydrated || addRun.isPending}
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file) void take(file);
          target.value = '';
        }}
        className="mt-1 block w-full rounded-md border border-dashed border-line-strong bg-surface-1 p-4 text-sm text-normal file:me-3 file:h-8 file:rounded-md file:border-0 file:bg-surface-3 file:px-3 file:text-sm file:font-medium file:text-strong"
      />
      {addRun.isError && (
        <Notice tone="danger" className="mt-3">
          {wordsOf(addRun.error)}
        </Notice>
      )}
    </Dialog>
  );
}
