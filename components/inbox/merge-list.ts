import type { InfiniteData } from '@tanstack/react-query';
import type { ConversationPage, ConversationRow } from '#components/trpc/types.ts';

type List = InfiniteData<ConversationPage, string | null>;

/**
 * Puts a freshly fetched first page before the pages that were loaded already, without fetching those again.
 * What was pushed off the first page stays, unless it left the list: then it is neither fresh nor older than what is.
 */
export function mergeFirstPage(list: List, fresh: ConversationPage): List {
  const [, ...olderPages] = list.pages;
  if (fresh.next === null || olderPages.length === 0) {
    return { pages: [fresh], pageParams: list.pageParams.slice(0, 1) };
  }
  const known = new Set(fresh.rows.map((row) => row.id));
  const last = fresh.rows.at(-1);
  const isOlder = (row: ConversationRow) => last === undefined || row.lastAt <= last.lastAt;
  const pushedOff = (list.pages[0]?.rows ?? []).filter((row) => !known.has(row.id) && isOlder(row));
  const kept = olderPages.map((page, index) => {
    const rows = page.rows.filter((row) => !known.has(row.id));
    return { ...page, rows: index === 0 ? [...pushedOff, ...rows] : rows };
  });
  return { pages: [fresh, ...kept], pageParams: list.pageParams };
}

/** Whether news is about a row below the first page, which only a full fetch brings up to date. */
export function touchesOlderPages(list: List, changed: readonly string[]): boolean {
  const older = new Set(list.pages.slice(1).flatMap((page) => page.rows.map((row) => row.id)));
  return changed.some((id) => older.has(id));
}

/** Changes what one row says, wherever it is. */
export function patchRow(list: List, id: string, change: Partial<ConversationRow>): List {
  const pages = list.pages.map((page) =>
    page.rows.some((row) => row.id === id)
      ? { ...page, rows: page.rows.map((row) => (row.id === id ? { ...row, ...change } : row)) }
      : page,
  );
  return { ...list, pages };
}
