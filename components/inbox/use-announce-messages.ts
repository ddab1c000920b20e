'use client';
import { useEffect, useRef } from 'react';
import type { ThreadItem } from '#components/trpc/types.ts';
import { useAnnounce } from '#components/ui/announcer.tsx';

/** Reads out what the lead writes while the conversation is open; older pages and ticks are not news. */
export function useAnnounceMessages(name: string, items: readonly ThreadItem[]): void {
  const announce = useAnnounce();
  const heard = useRef<string | undefined>(undefined);
  const last = items.at(-1)?.id;
  useEffect(() => {
    const before = heard.current;
    heard.current = last;
    if (before === undefined || before === last) return;
    const from = items.findIndex((item) => item.id === before);
    if (from === -1) return;
    const texts = items
      .slice(from + 1)
      .flatMap((item) => (item.type === 'message' && item.direction === 'inbound' ? [item.body] : []));
    if (texts.length > 0) announce(`${name}: ${texts.join('. ')}`);
  }, [announce, items, last, name]);
}
