'use client';
import { ArrowDown } from 'lucide-react';
import { useState } from 'react';
import { useMember } from '#components/trpc/provider.tsx';
import type { ConversationView, ThreadPage } from '#components/trpc/types.ts';
import { Spinner } from '#components/ui/spinner.tsx';
import { BotAnswersSoon } from './bot-answers-soon.tsx';
import { LogLineView } from './log-line.tsx';
import { firstUnread, logLines } from './log-lines.ts';
import { threadItems } from './thread-items.ts';
import { UnsentBubbles } from './unsent-bubbles.tsx';
import { useAnnounceMessages } from './use-announce-messages.ts';
import { useLogScroll } from './use-log-scroll.ts';
import { useMarkRead } from './use-mark-read.ts';
import { usePendingMessages } from './use-pending-messages.ts';

type Props = {
  view: ConversationView;
  pages: ThreadPage[];
  /** Whether what is shown has been asked for since the conversation was opened. */
  fresh: boolean;
  older: { hasNextPage: boolean; isFetching: boolean; fetchNextPage: () => Promise<unknown> };
};

/** What was said. All that is loaded is in the page, so that it can be searched, selected and read aloud. */
export function MessageLog({ view, pages, fresh, older }: Props) {
  const { timeZone } = useMember();
  const loaded = threadItems(pages);
  const pending = usePendingMessages(view.id, loaded);
  const items = [...loaded, ...pending];

  // "New" stays where it was when the conversation was opened, however much comes below or is loaded above.
  const [opened, setOpened] = useState<{ newFrom: string | null; inboundCount: number } | null>(null);
  if (opened === null && fresh) {
    setOpened({
      newFrom: firstUnread(loaded, view.unread, !older.hasNextPage),
      inboundCount: view.inboundCount,
    });
  }
  const newFrom = opened?.newFrom ?? null;

  const scroll = useLogScroll({ items, newFrom, sentId: pending.at(-1)?.id ?? null, older });
  useMarkRead(view, { atEnd: scroll.atEnd, inboundCountAtOpening: opened?.inboundCount ?? null });
  useAnnounceMessages(view.name, loaded);

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {/* Upside down: the browser itself then keeps the end in sight, from the very first paint on. */}
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by key. */}
      <div
        ref={scroll.box}
        role="log"
        aria-live="off"
        aria-label="Messages"
        tabIndex={0}
        onScroll={scroll.onScroll}
        className="flex min-h-0 flex-1 flex-col-reverse overflow-y-auto overscroll-contain px-4 pb-4 -outline-offset-2 [overflow-anchor:none]"
      >
        <div className="mb-auto">
          {older.hasNextPage && (
            <div ref={scroll.top} className="grid h-12 place-items-center text-muted">
              <Spinner />
              <span className="sr-only">Loading older messages</span>
            </div>
          )}
          {logLines(items, timeZone, newFrom).map((line) => (
            <LogLineView key={line.key} line={line} view={view} />
          ))}
          <UnsentBubbles view={view} known={loaded} />
          <BotAnswersSoon view={view} last={items.at(-1)} />
        </div>
      </div>
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: as above. */}
      {!scroll.atEnd && (
        <button
          type="button"
          onClick={scroll.toEnd}
          className="absolute bottom-3 left-1/2 inline-flex h-8 -translate-x-1/2 items-center gap-1.5 rounded-full bg-accent px-3 text-sm font-medium text-on-accent shadow-pop hover:bg-accent-hover max-[899px]:h-11"
        >
          <ArrowDown aria-hidden="true" strokeWidth={1.75} className="size-3.5" />
          {scroll.newBelow > 0 ? `${scroll.newBelow.toLocaleString('en')} new` : 'Newest'}
        </button>
      )}
    </div>
  );
}
