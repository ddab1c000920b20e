'use client';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import type { InboxCounts, InboxTab } from '#components/trpc/types.ts';
import { cx } from '#components/ui/cx.ts';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import { ConversationRows } from './conversation-rows.tsx';
import { ListEmpty } from './list-empty.tsx';
import { ListSkeleton } from './list-skeleton.tsx';
import { countsQuery, listQuery } from './queries.ts';
import { SearchBox } from './search-box.tsx';
import { useConversationId } from './use-conversation-id.ts';
import { useShownCounts, useShownList } from './use-shown-list.ts';

/** The list's pane. Below 900 pixels it makes way for an open conversation. */
export function ConversationList({ hasPhone }: { hasPhone: boolean }) {
  const { slug } = useMember();
  const trpc = useTRPC();
  const current = useConversationId();
  const [tab, setTab] = useState<InboxTab>('all');
  const [search, setSearch] = useState('');
  const [choices, setChoices] = useState(0);
  const counts = useQuery(countsQuery(trpc, slug));
  useShownCounts();

  function choose(next: InboxTab) {
    setTab(next);
    setChoices(choices + 1);
  }

  return (
    <section
      aria-label="Conversations"
      className={cx(
        'flex w-full shrink-0 flex-col border-line bg-surface-1 min-[900px]:w-[340px] min-[900px]:border-e',
        current !== null && 'max-[899px]:hidden',
      )}
    >
      <h2 className="flex h-14 shrink-0 items-center px-3 text-lg font-semibold text-strong">Inbox</h2>
      {/* Choosing a tab ends a search: a new, empty box. */}
      <SearchBox key={choices} onSearch={setSearch} />
      <Tabs
        label="Which conversations"
        value={tab}
        onChange={choose}
        tabs={tabsWith(counts.data)}
        className="flex min-h-0 flex-1 flex-col"
      >
        <Rows tab={tab} search={search} current={current} hasPhone={hasPhone} />
      </Tabs>
    </section>
  );
}

type RowsProps = { tab: InboxTab; search: string; current: string | null; hasPhone: boolean };

function Rows({ tab, search, current, hasPhone }: RowsProps) {
  const { slug } = useMember();
  const trpc = useTRPC();
  const list = useInfiniteQuery({
    ...listQuery(trpc, slug, tab, search),
    // While one types on, the last result stands; another tab is another list.
    ...(search ? { placeholderData: keepPreviousData } : {}),
  });

  useShownList(tab, search);

  if (list.isPending) return <ListSkeleton />;
  if (list.isError && !list.data) {
    return (
      <ErrorState
        title="The conversations could not be loaded"
        message={wordsOf(list.error)}
        onRetry={() => void list.refetch()}
        retrying={list.isFetching}
      />
    );
  }
  const rows = list.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0) return <ListEmpty tab={tab} search={search} hasPhone={hasPhone} />;
  return (
    <>
      {search && <p className="px-3 pt-2 text-xs text-muted">From all conversations, closed ones too</p>}
      <ConversationRows
        key={search || tab}
        rows={rows}
        current={current}
        hasMore={list.hasNextPage}
        loadMore={() => {
          if (!list.isFetching) void list.fetchNextPage();
        }}
      />
    </>
  );
}

function tabsWith(counts: InboxCounts | undefined) {
  return [
    { value: 'mine', label: 'Mine', count: countWords(counts?.mine) },
    { value: 'unassigned', label: 'Unassigned', count: countWords(counts?.unassigned) },
    { value: 'all', label: 'All', count: countWords(counts?.all) },
    { value: 'closed', label: 'Closed' },
  ] as const;
}

function countWords(count: number | undefined): string | undefined {
  if (count === undefined) return undefined;
  return count > 99 ? '99+' : String(count);
}
