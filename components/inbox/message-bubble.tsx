'use client';
import { Bot } from 'lucide-react';
import { useMember } from '#components/trpc/provider.tsx';
import type { Button, ConversationView, MessageItem } from '#components/trpc/types.ts';
import { cx } from '#components/ui/cx.ts';
import { Time } from '#components/ui/time.tsx';
import { clockTime, zonedTime } from '#components/ui/time-words.ts';
import { BubbleTrouble } from './bubble-trouble.tsx';
import { KindIcon } from './kind-icon.tsx';
import { LinkedText } from './linked-text.tsx';
import { RawDetails } from './raw-details.tsx';
import { bubbleId } from './show-message.ts';
import { StatusTick } from './status-tick.tsx';
import { statusWords } from './status-words.ts';

type Props = { item: MessageItem; first: boolean; view: ConversationView };

/** One message: the lead's at the start, ours at the end; the bot's looks different from a member's. */
export function MessageBubble({ item, first, view }: Props) {
  const { timeZone } = useMember();
  const ours = item.direction === 'outbound';
  const author = !ours
    ? view.name
    : item.author.kind === 'bot'
      ? 'Bot'
      : item.author.you
        ? 'You'
        : item.author.name;
  const time = clockTime(new Date(item.at), timeZone);
  return (
    <article
      data-line
      id={bubbleId(item.id)}
      aria-label={`${author}, ${time}`}
      className={cx(
        'flex flex-col rounded-md outline-offset-2 focus:outline-2 focus:outline-accent',
        ours ? 'items-end' : 'items-start',
        first ? 'mt-3' : 'mt-1',
      )}
    >
      {ours && first && (
        <span aria-hidden="true" className="mb-1 flex items-center gap-1 text-xs text-muted">
          {item.author.kind === 'bot' && <Bot strokeWidth={1.75} className="size-3.5 shrink-0" />}
          <bdi>{author}</bdi>
        </span>
      )}
      <div dir="auto" className={cx('max-w-[78%] overflow-hidden rounded-md text-strong', lookOf(item))}>
        <div className="flow-root px-3 py-2 whitespace-pre-wrap wrap-anywhere">
          <KindIcon kind={item.kind} className="me-1.5 inline-block align-[-0.125em] text-accent-text" />
          <LinkedText>{item.body}</LinkedText>
          <span className="num float-end ms-3 mt-1 inline-flex h-4 items-center gap-1 text-xs text-muted">
            <Time at={item.at} timeZone={timeZone} words={time} />
            {ours && item.status && <StatusTick status={item.status} title={statusTitle(item, timeZone)} />}
          </span>
        </div>
        {item.raw !== null && <RawDetails raw={item.raw} />}
        {item.buttons.length > 0 && <Buttons buttons={item.buttons} />}
      </div>
      {ours && <BubbleTrouble item={item} view={view} />}
    </article>
  );
}

function lookOf({ direction, author, status }: MessageItem): string {
  if (direction === 'inbound') return 'border border-line bg-surface-1';
  if (status === 'failed') return 'border border-danger bg-surface-1';
  return author.kind === 'bot' ? 'border border-line bg-surface-2' : 'bg-accent-soft';
}

/** What was offered to choose from; not pressable here, the lead chooses. */
function Buttons({ buttons }: { buttons: Button[] }) {
  return (
    <ul aria-label="Offered buttons" className="divide-y divide-line border-t border-line">
      {buttons.map((button) => (
        <li
          key={button.id}
          dir="auto"
          className="px-3 py-1.5 text-center text-sm font-medium wrap-anywhere text-accent-text"
        >
          {button.title}
        </li>
      ))}
    </ul>
  );
}

function statusTitle({ status, statusAt, held }: MessageItem, timeZone: string): string {
  if (!status) return '';
  if (held) return 'Held: waits for the day’s quota of messages';
  const { word, means } = statusWords[status];
  return statusAt ? `${word}: ${means}. ${zonedTime(new Date(statusAt), timeZone)}` : `${word}: ${means}`;
}
