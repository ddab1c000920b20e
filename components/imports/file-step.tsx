'use client';
import { useId, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { type ImportRow, useImportDeeds } from './imports.ts';
import { Ledger } from './ledger.tsx';

/** Which file, or which rows out of a spreadsheet; and what was brought in before. */
export function FileStep({ imports, onOpen }: { imports: ImportRow[]; onOpen: (id: string) => void }) {
  const { slug } = useMember();
  const { upload, paste } = useImportDeeds();
  const hydrated = useHydrated();
  const [text, setText] = useState('');
  const id = useId();
  const onSuccess = (made: { id: string }) => onOpen(made.id);
  const failed = upload.error ?? paste.error;
  return (
    <>
      <section aria-labelledby={`${id}-file`}>
        <h2 id={`${id}-file`} className="text-lg font-semibold text-strong">
          Choose a file
        </h2>
        <p className="mt-1 max-w-prose text-sm text-normal">
          A CSV file or an Excel workbook (.xlsx) with one row a person, up to 200 MB or 1,000,000 rows. A
          column with phone numbers is all it needs. Nothing is written before you have seen what would become
          of each row.
        </p>
        <label htmlFor={`${id}-input`} className="mt-4 block text-sm font-medium text-strong">
          File
        </label>
        <input
          id={`${id}-input`}
          type="file"
          accept=".csv,.tsv,.txt,.xlsx,text/csv"
          disabled={!hydrated || upload.isPending}
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file) upload.mutate(file, { onSuccess });
            target.value = '';
          }}
          className="mt-1 block w-full max-w-lg rounded-md border border-dashed border-line-strong bg-surface-1 p-4 text-sm text-normal file:me-3 file:h-8 file:rounded-md file:border-0 file:bg-surface-3 file:px-3 file:text-sm file:font-medium file:text-strong"
        />
        {upload.isPending && <p className="mt-2 text-sm text-muted">Sending the file…</p>}
        {failed && (
          <Notice tone="danger" className="mt-3">
            {upload.error ? upload.error.message : wordsOf(failed)}
          </Notice>
        )}
      </section>
      <section aria-labelledby={`${id}-paste`} className="mt-8">
        <h2 id={`${id}-paste`} className="text-lg font-semibold text-strong">
          Or paste rows
        </h2>
        <label htmlFor={`${id}-text`} className="mt-3 block text-sm font-medium text-strong">
          Rows from a spreadsheet, with their header
        </label>
        <textarea
          id={`${id}-text`}
          value={text}
          readOnly={!hydrated}
          onChange={({ target }) => setText(target.value)}
          rows={4}
          spellCheck={false}
          className="mt-1 block w-full max-w-lg rounded-md border border-line-strong bg-surface-1 px-3 py-2 text-base text-strong max-[899px]:text-lg"
        />
        <Button
          className="mt-2 max-[899px]:h-11"
          busy={paste.isPending}
          disabled={text.trim() === ''}
          onClick={() => paste.mutate({ tenant: slug, text }, { onSuccess })}
        >
          Check these rows
        </Button>
      </section>
      <Ledger imports={imports} onOpen={onOpen} />
    </>
  );
}
