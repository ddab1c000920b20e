'use client';
import { useMember } from '#components/trpc/provider.tsx';
import type { ConversationView, EventItem } from '#components/trpc/types.ts';
import { Time } from '#components/ui/time.tsx';
import { clockTime, dayName, zoneWords } from '#components/ui/time-words.ts';
import { useNow } from '#components/ui/use-now.tsx';
import type { LogLine } from './log-lines.ts';
import { MessageBubble } from './message-bubble.tsx';

export function LogLineView({ line, view }: { line: LogLine; view: ConversationView }) {
  if (line.type === 'message') return <MessageBubble item={line.item} first={line.first} view={view} />;
  if (line.type === 'event') return <EventLine item={line.item} />;
  if (line.type === 'day') return <DayLine at={line.at} />;
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr has no room for its name.
    <div data-new role="separator" aria-label="New" className="my-2 flex items-center gap-3">
      <span className="h-px flex-1 bg-accent" />
      <span className="text-xs font-semibold text-accent-text">New</span>
      <span className="h-px flex-1 bg-accent" />
    </div>
  );
}

function DayLine({ at }: { at: string }) {
  const { timeZone } = useMember();
  const name = dayName(new Date(at), useNow(60_000), timeZone);
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr has no room for its name.
    <div role="separator" aria-label={name} className="mt-4 mb-2 flex justify-center">
      <span
        title={`Days and times are those of ${zoneWords(timeZone)}`}
        className="text-xs font-medium text-muted"
      >
        {name}
      </span>
    </div>
  );
}

function EventLine({ item }: { item: EventItem }) {
  const { timeZone } = useMember();
  return (
    <p data-line className="num mt-3 text-center text-xs text-balance text-muted">
      {item.text} · <Time at={item.at} timeZone={timeZone} words={clockTime(new Date(item.at), timeZone)} />
    </p>
  );
}
