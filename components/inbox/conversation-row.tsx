'use client';
import { Hourglass } from 'lucide-react';
import { useMember } from '#components/trpc/provider.tsx';
import type { Preview, ConversationRow as Row } from '#components/trpc/types.ts';
import { Avatar } from '#components/ui/avatar.tsx';
import { Counter } from '#components/ui/counter.tsx';
import { cx } from '#components/ui/cx.ts';
import { nameWords } from '#components/ui/phone-words.ts';
import { ShallowLink } from '#components/ui/shallow-link.tsx';
import { Time } from '#components/ui/time.tsx';
import { listTime, timeLeft } from '#components/ui/time-words.ts';
import { TurnedText } from '#components/ui/turned-text.tsx';
import { useNow } from '#components/ui/use-now.tsx';
import { notDelivered } from './failure-words.ts';
import { HolderMark } from './holder-mark.tsx';
import { KindIcon } from './kind-icon.tsx';
import { closingSoon } from './message-window.ts';
import { conversationPath } from './paths.ts';
import { StatusTick } from './status-tick.tsx';

/** 64 pixels, whatever is in it. */
export function ConversationRow({ row, current }: { row: Row; current: boolean }) {
  const { slug, timeZone } = useMember();
  const now = useNow(60_000);
  const unread = row.unread > 0;
  const left = row.open ? closingSoon(row.windowClosesAt, now) : null;
  return (
    <ShallowLink
      href={conversationPath(slug, row.id)}
      data-conversation={row.id}
      aria-current={current ? 'true' : undefined}
      className={cx(
        'flex h-16 items-center gap-3 px-3 -outline-offset-2',
        current ? 'bg-accent-soft' : 'hover:bg-surface-2',
      )}
    >
      <Avatar name={row.name} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <TurnedText
            className={cx('min-w-0 flex-1 text-sm text-strong', unread ? 'font-semibold' : 'font-medium')}
          >
            {nameWords(row.name)}
          </TurnedText>
          {row.channel !== null && (
            <span className="max-w-24 shrink-0 truncate text-xs text-muted">
              <span className="sr-only">on </span>
              <bdi title={nameWords(row.channel)}>{nameWords(row.channel)}</bdi>
            </span>
          )}
          <Time
            at={row.lastAt}
            timeZone={timeZone}
            words={listTime(new Date(row.lastAt), now, timeZone)}
            className={cx('num shrink-0 text-xs', unread ? 'font-medium text-accent-text' : 'text-muted')}
          />
        </span>
        <span className="mt-0.5 flex h-5 items-center gap-1.5">
          <PreviewLine preview={row.preview} unread={unread} />
          {left !== null && (
            <span
              title={`The 24-hour window closes in ${timeLeft(left)}`}
              className="num inline-flex shrink-0 items-center gap-1 text-xs font-medium text-warning"
            >
              <Hourglass aria-hidden="true" strokeWidth={1.75} className="size-3" />
              <span className="sr-only">Window closes in </span>
              {timeLeft(left)}
            </span>
          )}
          {unread && <Counter value={row.unread} of="unread" />}
          <HolderMark holder={row.holder} />
        </span>
      </span>
    </ShallowLink>
  );
}

function PreviewLine({ preview, unread }: { preview: Preview | null; unread: boolean }) {
  if (!preview) return <span className="flex-1 truncate text-sm text-muted">No messages yet</span>;
  const failed = preview.status === 'failed';
  const text = failed && preview.failure ? notDelivered(preview.failure) : preview.text;
  return (
    <>
      {preview.direction === 'outbound' && preview.status && <StatusTick status={preview.status} />}
      {!failed && <KindIcon kind={preview.kind} className="text-muted" />}
      <TurnedText
        className={cx(
          'min-w-0 flex-1 text-sm',
          failed ? 'text-danger' : unread ? 'text-strong' : 'text-muted',
        )}
      >
        {text.replace(/\s+/gu, ' ')}
      </TurnedText>
    </>
  );
}
