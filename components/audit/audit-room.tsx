'use client';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useNews } from '#components/trpc/live.tsx';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button } from '#components/ui/button.tsx';
import type { AuditFilter } from './audit-filter.ts';
import { Entries } from './entries.tsx';
import { FilterBar } from './filter-bar.tsx';
import { useAuditFilter } from './use-audit-filter.ts';

/** Who did what, when, from where. */
export function AuditRoom() {
  const { slug, may } = useMember();
  const [filter, change] = useAuditFilter();
  if (!may.includes('audit.view'))
    return (
      <>
        <h1 className="text-xl font-semibold text-strong">Audit log</h1>
        <p className="mt-1 text-sm text-normal">
          Owners and admins can read who changed what. Ask one of them if you need to know.
        </p>
      </>
    );
  return (
    <>
      <header className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="flex-1 text-xl font-semibold text-strong">Audit log</h1>
        {may.includes('audit.export') && <ExportButton slug={slug} filter={filter} />}
      </header>
      <Log filter={filter} onChange={change} />
    </>
  );
}

/** A plain form: the browser takes the file as it comes, however long it is. */
function ExportButton({ slug, filter }: { slug: string; filter: AuditFilter }) {
  return (
    <form method="post" action={`/api/t/${slug}/audit.csv`}>
      {Object.entries(filter).map(
        ([name, value]) => value !== null && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <Button type="submit" icon={Download} className="max-[899px]:h-11">
        Export as CSV
      </Button>
    </form>
  );
}

function Log({
  filter,
  onChange,
}: {
  filter: AuditFilter;
  onChange: (changed: Partial<AuditFilter>) => void;
}) {
  const { slug, timeZone } = useMember();
  const trpc = useTRPC();
  const { data: choices } = useQuery(trpc.audit.choices.queryOptions({ tenant: slug }));
  const query = useEntries(filter);
  return (
    <>
      <FilterBar {...{ filter, onChange, choices, timeZone }} />
      <Entries
        {...{ query, filter, onChange, timeZone }}
        about="Whoever changes members, numbers, scripts or settings, or exports something, is written down here."
      />
    </>
  );
}

function useEntries(filter: AuditFilter) {
  const { slug } = useMember();
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(
      { tenant: slug, ...filter },
      {
        getNextPageParam: (page) => page.next,
        placeholderData: keepPreviousData,
        // What is written here is seldom told by news.
        staleTime: 5_000,
      },
    ),
  );
  useNews(({ conversations }) => void (conversations === null && query.refetch()));
  return query;
}
