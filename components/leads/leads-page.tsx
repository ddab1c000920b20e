'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Download, History, Plus, Upload, Users } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { AddLeadDialog } from './add-lead-dialog.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { ColumnMenu } from './column-menu.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { FilterBar } from './filter-bar.tsx';
import { FilterChips } from './filter-chips.tsx';
import { countWords } from './lead-words.ts';
import { useFreshLeads } from './leads.ts';
import { LeadsSkeleton } from './leads-skeleton.tsx';
import { LeadsTable } from './leads-table.tsx';
import { countQuery, everybody, listQuery } from './queries.ts';
import { SegmentTabs } from './segment-tabs.tsx';
import { useBulk } from './use-bulk.ts';
import { useColumns } from './use-columns.ts';
import { useSelection } from './use-selection.ts';
import { useView } from './use-view.ts';

/** Everybody whom the tenant knows: found, filtered, chosen, and changed many at once. */
export function LeadsPage() {
  const { slug, may } = useMember();
  const trpc = useTRPC();
  const { view, show } = useView(slug);
  const { filter, sort } = view;
  const columns = useColumns(slug);
  const [adding, setAdding] = useState(false);
  const [exporting, setExporting] = useState(false);
  const list = useInfiniteQuery({
    ...listQuery(trpc, slug, filter, sort),
    // While one types or filters on, the last result stands.
    placeholderData: (before) => before,
  });
  const total = useQuery({ ...countQuery(trpc, slug, filter), placeholderData: (before) => before });
  const choices = useQuery(trpc.people.choices.queryOptions({ tenant: slug }));
  const rows = uniqueRows(list.data?.pages.flatMap((page) => page.rows) ?? []);
  const selection = useSelection(JSON.stringify(filter), rows);
  const bulk = useBulk();
  useFreshLeads();
  const isFiltered = filter.search !== '' || filter.conditions.length > 0;

  return (
    <div className="relative flex min-w-0 flex-1 flex-col bg-surface-1">
      <header className="flex h-16 shrink-0 items-center gap-3 px-6 max-[899px]:px-4">
        <h1 className="text-xl font-semibold text-strong">Leads</h1>
        <span role="status" aria-label="How many" className="num text-sm text-muted">
          {total.data && countWords(total.data)}
        </span>
        <span className="flex-1" />
        <Link
          href={`/t/${slug}/leads/changes` as Route}
          aria-label="Labels and changes"
          title="Labels and changes"
          className={buttonClass('ghost', 'normal', 'max-[899px]:size-11')}
        >
          <History aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0" />
        </Link>
        {may.includes('leads.import') && (
          <a
            href={`/t/${slug}/leads/import`}
            className={buttonClass('secondary', 'normal', 'max-[899px]:hidden')}
          >
            <Upload aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0" />
            Import
          </a>
        )}
        {may.includes('leads.export') && (
          <Button icon={Download} className="max-[899px]:hidden" onClick={() => setExporting(true)}>
            Export
          </Button>
        )}
        {may.includes('leads.edit') && (
          <Button look="primary" icon={Plus} onClick={() => setAdding(true)}>
            Add lead
          </Button>
        )}
      </header>
      {choices.data && (
        <>
          <FilterBar
            filter={filter}
            choices={choices.data}
            onChange={(next) => show({ filter: next, segment: view.segment })}
          >
            <ColumnMenu
              columns={columns}
              fields={choices.data.fields}
              sort={sort}
              onSort={(next) => show({ sort: next })}
            />
          </FilterBar>
          <FilterChips
            filter={filter}
            choices={choices.data}
            onChange={(next) => show({ filter: next, segment: view.segment })}
          />
        </>
      )}
      <SegmentTabs view={view} onShow={show} />
      {list.isPending || !choices.data ? (
        <LeadsSkeleton />
      ) : list.isError && !list.data ? (
        <ErrorState
          title="The leads could not be loaded"
          message={wordsOf(list.error)}
          onRetry={() => void list.refetch()}
          retrying={list.isFetching}
        />
      ) : rows.length === 0 ? (
        <Nobody filtered={isFiltered} onClear={() => show({ filter: everybody, segment: null })} />
      ) : (
        <LeadsTable
          rows={rows}
          choices={choices.data}
          columns={columns.shown}
          sort={sort}
          selection={selection}
          hasMore={list.hasNextPage}
          loadMore={() => {
            if (!list.isFetching) void list.fetchNextPage();
          }}
        />
      )}
      {choices.data && (
        <BulkBar
          selection={selection}
          total={total.data}
          filter={filter}
          choices={choices.data}
          bulk={bulk}
        />
      )}
      {may.includes('leads.export') && (
        <ExportDialog
          open={exporting}
          onOpenChange={setExporting}
          who={{ filter }}
          count={total.data ? countWords(total.data) : ''}
        />
      )}
      <AddLeadDialog open={adding} onOpenChange={setAdding} />
    </div>
  );
}

/** Somebody whose message moved them up while one scrolled is on two pages for a moment. */
function uniqueRows<T extends { id: string }>(rows: T[]): T[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

function Nobody({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { slug, may } = useMember();
  if (filtered)
    return (
      <EmptyState
        icon={Users}
        title="Nobody matches"
        action={<Button onClick={onClear}>Show all leads</Button>}
      >
        Try a part of the name or of the number, or take a filter away.
      </EmptyState>
    );
  const mayImport = may.includes('leads.import');
  return (
    <EmptyState
      icon={Users}
      title="No leads yet"
      action={
        mayImport && (
          <Link
            href={`/t/${slug}/leads/import` as Route}
            className={buttonClass('secondary', 'normal', 'max-[899px]:h-11')}
          >
            <Upload aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0" />
            Import a list
          </Link>
        )
      }
    >
      Whoever writes to one of your numbers is here by themselves.{' '}
      {mayImport ? 'Import a list' : 'An owner or an admin can import a list'}, or add somebody by hand.
    </EmptyState>
  );
}
