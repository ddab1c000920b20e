'use client';
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { ThreadItem } from '#components/trpc/types.ts';
import { isNews } from './log-lines.ts';

type Options = {
  items: readonly ThreadItem[];
  newFrom: string | null;
  /** What this member has just sent from here: they want to see it. */
  sentId: string | null;
  older: { hasNextPage: boolean; isFetching: boolean; fetchNextPage: () => Promise<unknown> };
};

type Unseen = { from?: string | null; after?: string | null };

/** Nearer to the end than this counts as being there. */
const near = 48;

/**
 * Where the reader is. The box is upside down (`flex-col-reverse`): its scrollTop is 0 at the end and negative above, so
 * the end stays in sight by itself and older messages push nothing away. Only what arrives at the end while one reads
 * further up has to be made up for: the line that was on top stays on top.
 */
export function useLogScroll({ items, newFrom, sentId, older }: Options) {
  const box = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const anchor = useRef<{ line: Element; top: number } | null>(null);
  const [atEnd, setAtEnd] = useState(true);
  const lastId = items.at(-1)?.id ?? null;
  // Where what has not been in sight begins: at an item, or after the last that was.
  const [unseen, setUnseen] = useState<Unseen>({ after: lastId });
  if (atEnd && unseen.after !== lastId) setUnseen({ after: lastId });

  // After every drawing: whatever grew or shrank, the reader stays where they were.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    if (atEnd) element.scrollTop = 0;
    else if (anchor.current?.line.isConnected) {
      element.scrollTop += anchor.current.line.getBoundingClientRect().top - anchor.current.top;
    }
    anchor.current = topLine(element);
  });

  const openedAtNew = useRef(false);
  const openAtNew = useEffectEvent((divider: Element, element: HTMLElement) => {
    if (openedAtNew.current) return;
    openedAtNew.current = true;
    const above = divider.getBoundingClientRect().top - element.getBoundingClientRect().top;
    if (above >= 0) return;
    element.scrollTop += above - 8;
    anchor.current = topLine(element);
    setUnseen({ from: newFrom });
    setAtEnd(false);
  });
  useLayoutEffect(() => {
    const divider = newFrom === null ? null : box.current?.querySelector('[data-new]');
    if (divider && box.current) openAtNew(divider, box.current);
  }, [newFrom]);

  useLayoutEffect(() => {
    if (sentId === null || !box.current) return;
    box.current.scrollTop = 0;
    setAtEnd(true);
  }, [sentId]);

  const loadOlder = useEffectEvent(() => {
    if (older.hasNextPage && !older.isFetching) void older.fetchNextPage();
  });
  useEffect(() => {
    if (!top.current || !older.hasNextPage || older.isFetching) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) loadOlder();
      },
      { root: box.current, rootMargin: '600px 0px 0px' },
    );
    observer.observe(top.current);
    return () => observer.disconnect();
  }, [older.hasNextPage, older.isFetching]);

  function onScroll() {
    if (!box.current) return;
    anchor.current = topLine(box.current);
    setAtEnd(-box.current.scrollTop < near);
  }

  return {
    box: box satisfies RefObject<HTMLDivElement | null>,
    top,
    onScroll,
    atEnd,
    /** Messages of the lead that came since the end was last in sight. */
    newBelow: atEnd ? 0 : newsBelow(items, unseen),
    toEnd: () => {
      box.current?.scrollTo({ top: 0 });
      setAtEnd(true);
    },
  };
}

/** The first line that is in sight, and where. */
function topLine(box: HTMLElement): { line: Element; top: number } | null {
  const edge = box.getBoundingClientRect().top;
  const lines = box.querySelectorAll('[data-line]');
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.getBoundingClientRect().bottom ?? 0) > edge) high = middle;
    else low = middle + 1;
  }
  const line = lines[low];
  return line ? { line, top: line.getBoundingClientRect().top } : null;
}

function newsBelow(items: readonly ThreadItem[], { from, after }: Unseen): number {
  const first = from
    ? items.findIndex((item) => item.id === from)
    : items.findIndex((item) => item.id === after) + 1;
  return items.slice(Math.max(0, first)).filter(isNews).length;
}
