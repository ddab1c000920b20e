'use client';
import { Download } from 'lucide-react';
import { useMember } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { number, rows } from './import-words.ts';
import { type OpenImport, type ProblemKind, useProblems } from './imports.ts';

const titles: Record<ProblemKind, (count: string) => string> = {
  refused: (count) => `${count} refused`,
  doubled: (count) => `${count} twice in the file`,
  warned: () => 'To be looked at',
};

/** Rows of one kind with their line, what stood there, and why; all refused ones to download. */
export function Problems({ shown, kind }: { shown: OpenImport; kind: ProblemKind }) {
  const { slug } = useMember();
  const count = kind === 'warned' ? null : shown[kind];
  const { data = [] } = useProblems(shown.id, kind, count !== 0);
  if (data.length === 0) return null;
  const lines = new Set(data.map(({ line }) => line)).size;
  const phone = shown.options.columns.findIndex(({ to }) => to === 'phone');
  const name = shown.options.columns.findIndex(({ to }) => to === 'name');
  return (
    <section aria-labelledby={`problems-${kind}`}>
      <div className="flex min-h-8 flex-wrap items-center gap-2">
        <h2 id={`problems-${kind}`} className="flex-1 text-lg font-semibold text-strong">
          {titles[kind](rows(count ?? lines))}
        </h2>
        {kind === 'refused' && (
          <form method="post" action={`/api/t/${slug}/imports/${shown.id}/refused.csv`}>
            <Button type="submit" size="small" icon={Download}>
              Download
            </Button>
          </form>
        )}
      </div>
      <table className="mt-3 w-full table-fixed text-sm">
        <thead>
          <tr className="border-b border-line text-xs text-muted">
            <th scope="col" className="h-8 w-16 text-start font-medium">
              Line
            </th>
            <th scope="col" className="text-start font-medium">
              In the file
            </th>
            <th scope="col" className="text-start font-medium">
              Why
            </th>
          </tr>
        </thead>
        <tbody>
          {data.map(({ line, number: index, column, value, reason, cells }) => (
            <tr key={`${line}-${index}`} className="border-b border-line">
              <td className="num py-2 align-top text-muted">{number(line)}</td>
              <td className="py-2 pe-4 align-top">
                <span className="block truncate text-strong">{cells[name] ?? ''}</span>
                <span className="num block truncate text-xs text-muted">
                  {value || cells[phone] || 'empty'}
                </span>
              </td>
              <td className="py-2 align-top wrap-anywhere text-normal">
                {reason}
                {column !== null && <span className="block text-xs text-muted">{column}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {count !== null && count > lines && (
        <p className="mt-2 text-sm text-muted">
          The first {number(lines)} are shown
          {kind === 'refused' ? '; the file that you can download has all' : ''}.
        </p>
      )}
    </section>
  );
}
