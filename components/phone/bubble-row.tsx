'use client';
import { CircleAlert } from 'lucide-react';
import { cx } from '#components/ui/cx.ts';
import { Time } from '#components/ui/time.tsx';
import { clockTime } from '#components/ui/time-words.ts';
import { BubbleActions } from './bubble-actions.tsx';
import { BubbleContent } from './bubble-content.tsx';
import type { Shown } from './chat.ts';
import type { Chat } from './sim.ts';
import { Tick } from './tick.tsx';

type Props = { chat: Chat; business: string; bubble: Shown; timeZone: string };

export function BubbleRow({ chat, business, bubble, timeZone }: Props) {
  const isOwn = bubble.direction === 'in';
  if (bubble.failure) return <NeverArrived failure={bubble.failure} text={bubble.text} />;
  return (
    <article className={cx('mt-2 flex flex-col', isOwn ? 'items-end' : 'items-start')}>
      <span className="sr-only">{isOwn ? chat.person.name : business}: </span>
      <div
        className={cx(
          'max-w-[84%] overflow-hidden rounded-md text-base text-strong',
          isOwn ? 'bg-accent-soft' : 'border border-line bg-surface-1',
        )}
      >
        <div dir="auto" className="flow-root px-3 py-1.5">
          <BubbleContent bubble={bubble} />
          <span className="num float-end ms-3 mt-1 inline-flex h-4 items-center gap-1 text-xs text-muted">
            <Time at={bubble.at} timeZone={timeZone} words={clockTime(new Date(bubble.at), timeZone)} />
            {isOwn && <Tick status={bubble.status} />}
          </span>
        </div>
        {!isOwn && <BubbleActions chat={chat} bubble={bubble} />}
      </div>
      {bubble.reactions.map(({ by, emoji }) => (
        <p
          key={by}
          className="-mt-1 rounded-full border border-line bg-surface-1 px-1.5 text-xs first-of-type:ms-2 last-of-type:me-2"
        >
          <span className="sr-only">{by === 'in' ? chat.person.name : business} reacted </span>
          {emoji}
        </p>
      ))}
    </article>
  );
}

/** A person would see nothing; whoever tries things out wants to know. */
function NeverArrived({ failure, text }: { failure: { code: number; title: string }; text: string }) {
  return (
    <article className="mt-2 flex max-w-[84%] items-start gap-2 rounded-md border border-dashed border-danger px-3 py-1.5 text-sm text-normal">
      <CircleAlert aria-hidden="true" strokeWidth={1.75} className="mt-0.5 size-4 shrink-0 text-danger" />
      <div className="min-w-0">
        <p className="text-danger">
          Never arrived: {failure.title} ({failure.code})
        </p>
        {text && (
          <p dir="auto" className="break-words whitespace-pre-wrap">
            {text}
          </p>
        )}
      </div>
    </article>
  );
}
