'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { LeadCells } from './lead-cells.tsx';
import type { Choices, LeadRow, Sort } from './leads.ts';
import { type Column, columnNames } from './use-columns.ts';
import type { Selection } from './use-selection.ts';
import { useWide } from './use-wide.ts';

type Props = {
  rows: LeadRow[];
  choices: Choices;
  columns: readonly Column[];
  sort: Sort;
  selection: Selection;
  hasMore: boolean;
  loadMore: () => void;
};

const head = 'h-9 pe-3 ps-3 text-start text-xs font-medium whitespace-nowrap text-muted';

/** Only the rows in sight are drawn; what is above and below is one row each, of the height of all that is there. */
export function LeadsTable({ rows, choices, columns, sort, selection, hasMore, loadMore }: Props) {
  // The virtualizer changes inside while it stays the same object, which the compiler would take for "unchanged".
  'use no memo';
  const box = useRef<HTMLElement>(null);
  const rowHeight = useWide() ? 44 : 56;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 10,
    initialRect: { width: 1200, height: 900 },
  });
  useEffect(() => {
    if (rowHeight > 0) virtualizer.measure();
  }, [rowHeight, virtualizer]);
  const drawn = virtualizer.getVirtualItems();
  const end = drawn.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && end >= rows.length - 30) loadMore();
  }, [hasMore, end, rows.length, loadMore]);
  const above = drawn[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (drawn.at(-1)?.end ?? 0);
  const span = columns.length + 3;

  return (
    <section
      ref={box}
      aria-label="Leads"
      className="min-h-0 flex-1 overflow-auto -outline-offset-2 [overflow-anchor:none]"
    >
      <table className="w-full text-sm" aria-rowcount={hasMore ? -1 : rows.length + 1}>
        <thead className="sticky top-0 z-10 bg-surface-1 shadow-[inset_0_-1px_var(--color-line)]">
          <tr aria-rowindex={1}>
            <th scope="col" className={`${head} w-12 ps-6 max-[899px]:ps-4`}>
              <Checkbox
                label="Select all that are loaded"
                checked={selection.allLoaded}
                mixed={!selection.allLoaded && selection.ids.size > 0}
                onChange={selection.toggleLoaded}
              />
            </th>
            <th scope="col" className={head}>
              Name
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className={`${head} max-[899px]:hidden`}>
                {nameOf(column, choices)}
              </th>
            ))}
            <th scope="col" aria-sort="descending" className={`${head} pe-6 text-end! max-[899px]:pe-4`}>
              <span className="inline-flex items-center gap-1 text-strong">
                {sort === 'last' ? 'Last message' : 'Added'}
                <ArrowDown aria-hidden="true" className="size-3 shrink-0" />
              </span>
            </th>
          </tr>
        </thead>
        <tbody>
          <Gap height={above} span={span} />
          {drawn.map(({ index, key }) => {
            const row = rows[index];
            return (
              row && (
                <LeadCells
                  key={key}
                  row={row}
                  index={index}
                  columns={columns}
                  choices={choices}
                  sort={sort}
                  selected={selection.has(row.id)}
                  onSelect={(on) => selection.toggle(row.id, on)}
                />
              )
            );
          })}
          <Gap height={below} span={span} />
        </tbody>
      </table>
      {hasMore && (
        <span role="status" aria-label="Loading more" className="grid h-14 place-items-center text-muted">
          <Spinner />
        </span>
      )}
      {/* What the bar below covers can be scrolled out from under it. */}
      {selection.ids.size > 0 && <div className="h-20" />}
    </section>
  );
}

function Gap({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null;
  return (
    <tr>
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}

function nameOf(column: Column, { fields }: Choices): string {
  if (column.startsWith('own:')) return fields.find(({ key }) => `own:${key}` === column)?.name ?? '';
  // The cast: what is no own field's column is one of ours.
  return columnNames[column as keyof typeof columnNames];
}
