'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { useGivesWay, waitsWords } from '#components/trpc/use-gives-way.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { Time } from '#components/ui/time.tsx';
import { tableDate } from '#components/ui/time-words.ts';
import type { Who } from './leads.ts';

// What an import takes again; the rest is a click away.
const usual = ['name', 'phone', 'email', 'language', 'labels', 'consent'];

type Props = { open: boolean; onOpenChange: (open: boolean) => void; who: Who; count: string };

/** Chooses columns and kind of file, and below it the files that were made: they stay for a week. */
export function ExportDialog({ open, onOpenChange, who, count }: Props) {
  const { slug } = useMember();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const columns = useQuery({ ...trpc.exports.columns.queryOptions({ tenant: slug }), enabled: open });
  const [chosen, setChosen] = useState<string[] | null>(null);
  const [format, setFormat] = useState<'csv' | 'xlsx'>('csv');
  const all = columns.data ?? [];
  const taken =
    chosen ?? all.map(({ key }) => key).filter((key) => usual.includes(key) || key.startsWith('field:'));
  const order = useMutation(
    trpc.exports.order.mutationOptions({
      onSuccess: () =>
        queryClient.invalidateQueries({ queryKey: trpc.exports.list.queryKey({ tenant: slug }) }),
    }),
  );
  const toggle = (key: string) =>
    setChosen(
      all
        .map((column) => column.key)
        .filter((one) => (one === key ? !taken.includes(key) : taken.includes(one))),
    );

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Export ${count} ${count === '1' ? 'lead' : 'leads'}`}
      description="The file is made in the background and stays here for a week. That you took it along is in the audit log."
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>Close</Button>
          <Button
            look="primary"
            busy={order.isPending}
            disabled={taken.length === 0}
            onClick={() => order.mutate({ tenant: slug, who, columns: taken, format })}
          >
            Make the file
          </Button>
        </>
      }
    >
      <SelectField
        label="Kind of file"
        value={format}
        onChange={({ target }) => setFormat(target.value === 'xlsx' ? 'xlsx' : 'csv')}
      >
        <option value="csv">CSV</option>
        <option value="xlsx">Excel (XLSX)</option>
      </SelectField>
      <fieldset className="mt-4">
        <legend className="mb-1 text-sm font-medium text-strong">Columns</legend>
        <div className="grid grid-cols-2 gap-x-4">
          {all.map(({ key, head }) => (
            <label
              key={key}
              className="flex min-h-8 items-center gap-2 text-sm text-normal max-[899px]:min-h-11"
            >
              <input
                type="checkbox"
                checked={taken.includes(key)}
                onChange={() => toggle(key)}
                className="size-4 shrink-0 accent-accent"
              />
              <span className="min-w-0 truncate">{head}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {order.isError && (
        <Notice tone="danger" className="mt-3">
          {wordsOf(order.error)}
        </Notice>
      )}
      <MadeFiles open={open} />
    </Dialog>
  );
}

function MadeFiles({ open }: { open: boolean }) {
  const { slug, timeZone } = useMember();
  const trpc = useTRPC();
  const files = useQuery({
    ...trpc.exports.list.queryOptions({ tenant: slug }),
    enabled: open,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? 1_000 : false),
  });
  const waits = useGivesWay('export', open && (files.data?.some(isUnderWay) ?? false));
  if (!files.data || files.data.length === 0) return null;
  return (
    <section aria-label="Files" className="mt-5 border-t border-line pt-4">
      <h3 className="text-sm font-semibold text-strong">Files</h3>
      <ul className="mt-1 divide-y divide-line">
        {files.data.map((file) => (
          <li key={file.id} className="flex min-h-12 items-center gap-3 py-1 text-sm">
            <div className="min-w-0 flex-1">
              <p className="truncate text-strong">
                {file.format.toUpperCase()} by {file.userName},{' '}
                <Time
                  at={file.createdAt}
                  timeZone={timeZone}
                  words={tableDate(new Date(file.createdAt), timeZone)}
                />
              </p>
              <p role="status" className="num text-muted">
                {stateWords(file)}
                {waits && isUnderWay(file) && `. ${waitsWords}.`}
              </p>
            </div>
            {file.expiresAt && (
              <form method="post" action={`/api/t/${slug}/exports/${file.id}`}>
                <Button type="submit" size="small" icon={Download}>
                  Download
                </Button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

type Made = {
  state: 'waiting' | 'running' | 'finished' | 'failed';
  done: number;
  meant: number;
  failure: string | null;
  expiresAt: string | null;
};

const isUnderWay = ({ state }: { state: string }) => state === 'waiting' || state === 'running';

function stateWords({ state, done, meant, failure, expiresAt }: Made): string {
  const leads = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'lead' : 'leads'}`;
  if (state === 'waiting') return 'Waits for its turn';
  if (state === 'running') return `${done.toLocaleString('en')} of ${leads(meant)} written`;
  if (state === 'failed') return failure ?? 'It could not be made. Export again.';
  return expiresAt ? leads(done) : `${leads(done)}; the file is not kept any more`;
}
