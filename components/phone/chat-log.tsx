'use client';
import { useQuery } from '@tanstack/react-query';
import { MessageCircle } from 'lucide-react';
import { useRef } from 'react';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { dayKey, dayName } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';
import { BubbleRow } from './bubble-row.tsx';
import { arrangeChat } from './chat.ts';
import { Openers } from './openers.tsx';
import { type Chat, chatQuery, clockQuery } from './sim.ts';
import { useOpenChat } from './use-open-chat.ts';

/** The phone's own time zone: it is a person's phone, not the tenant's. */
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

type Props = { chat: Chat; business: string };

export function ChatLog({ chat, business }: Props) {
  const log = useRef<HTMLDivElement>(null);
  const { data: bubbles, isError, error, refetch, isFetching } = useQuery(chatQuery(chat));
  const { data: clock } = useQuery(clockQuery);
  const now = new Date(useNow(60_000).getTime() + (clock?.offsetSeconds ?? 0) * 1000);
  useOpenChat(chat, bubbles ?? [], log);
  const days = arrangeChat(bubbles ?? [], (at) => dayKey(new Date(at), timeZone));

  return (
    // The only child of a reversed column keeps its end in view when it grows.
    <div
      ref={log}
      role="log"
      aria-label="Messages"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also for who has no mouse.
      tabIndex={0}
      className="flex min-h-0 flex-1 flex-col-reverse overflow-y-auto px-3 -outline-offset-2"
    >
      <div className="mb-auto pb-3">
        {isError && !bubbles && (
          <ErrorState
            title="The chat could not be shown"
            message={error.message}
            onRetry={() => void refetch()}
            retrying={isFetching}
          />
        )}
        {bubbles?.length === 0 && (
          <EmptyState icon={MessageCircle} title="Nothing said yet" action={<Openers chat={chat} />}>
            Write as <bdi>{chat.person.name}</bdi>; {business} sees it in the inbox at once.
          </EmptyState>
        )}
        {days.map(({ key, at, bubbles: ofDay }) => (
          <div key={key}>
            <p className="mt-3 text-center text-xs font-medium text-muted">
              {dayName(new Date(at), now, timeZone)}
            </p>
            {ofDay.map((bubble) => (
              <BubbleRow
                key={bubble.id}
                chat={chat}
                business={business}
                bubble={bubble}
                timeZone={timeZone}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
