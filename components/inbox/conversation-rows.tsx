'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import type { ConversationRow as Row } from '#components/trpc/types.ts';
import { useActions } from '#components/ui/actions.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { ConversationRow } from './conversation-row.tsx';
import { shiftOf } from './row-shift.ts';

const rowHeight = 64;

type Props = {
  rows: Row[];
  current: string | null;
  hasMore: boolean;
  loadMore: () => void;
};

/** Only the rows in sight are drawn. New ones above do not move what is being read. */
export function ConversationRows({ rows, current, hasMore, loadMore }: Props) {
  // The virtualizer changes inside while it stays the same object, which the compiler would take for "unchanged".
  'use no memo';
  const box = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length + (hasMore ? 1 : 0),
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? 'more',
    overscan: 8,
    // What the server draws, before there is a box to measure.
    initialRect: { width: 340, height: 900 },
  });
  const drawn = virtualizer.getVirtualItems();
  const end = drawn.at(-1)?.index ?? 0;

  useEffect(() => {
    if (hasMore && end >= rows.length - 8) loadMore();
  }, [hasMore, end, rows.length, loadMore]);

  const before = useRef(rows);
  useLayoutEffect(() => {
    const element = box.current;
    if (element && before.current !== rows) {
      element.scrollTop += shiftOf(before.current, rows, element.scrollTop, rowHeight);
    }
    before.current = rows;
  }, [rows]);

  function move(by: number) {
    const focused = document.activeElement?.getAttribute('data-conversation') ?? current;
    const from = rows.findIndex((row) => row.id === focused);
    const next = from === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, from + by));
    const id = rows[next]?.id;
    if (id === undefined) return;
    virtualizer.scrollToIndex(next);
    focusRow(id);
  }

  /** A row that was out of sight is drawn some frames later. */
  function focusRow(id: string, frames = 10) {
    requestAnimationFrame(() => {
      const row = box.current?.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(id)}"]`);
      if (row) row.focus({ preventScroll: true });
      else if (frames > 0) focusRow(id, frames - 1);
    });
  }

  function goByArrows(event: KeyboardEvent) {
    const by = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length }[event.key];
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    move(by);
  }

  useActions([
    { label: 'Next conversation', keys: 'j', run: () => move(1), keyOnly: true },
    { label: 'Previous conversation', keys: 'k', run: () => move(-1), keyOnly: true },
  ]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the links in it.
    <div
      ref={box}
      onKeyDown={goByArrows}
      className="min-h-0 flex-1 overflow-y-auto [overflow-anchor:none] [scrollbar-width:thin]"
    >
      <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {drawn.map((item) => {
          const row = rows[item.index];
          return (
            <li
              key={item.key}
              aria-setsize={hasMore ? -1 : rows.length}
              aria-posinset={item.index + 1}
              className="absolute inset-x-0 top-0 h-16"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {row ? <ConversationRow row={row} current={row.id === current} /> : <More />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function More() {
  return (
    <span role="status" aria-label="Loading more" className="grid h-16 place-items-center text-muted">
      <Spinner />
    </span>
  );
}
