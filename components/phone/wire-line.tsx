'use client';
import { ArrowLeft, ArrowRight } from 'lucide-react';
import { cx } from '#components/ui/cx.ts';
import { exactTime } from '#components/ui/time-words.ts';
import type { Exchange } from './sim-shapes.ts';
import { lineOf } from './wire-words.ts';

const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

type Props = { exchange: Exchange; isChosen: boolean; onChoose: () => void };

export function WireLine({ exchange, isChosen, onChoose }: Props) {
  const { seq, at, direction } = exchange;
  const line = lineOf(exchange);
  const exact = exactTime(new Date(at), timeZone);
  const Arrow = direction === 'to-parley' ? ArrowRight : ArrowLeft;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box around it has the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: the list box around it has the focus.
    <div
      id={`wire-${seq}`}
      role="option"
      aria-selected={isChosen}
      onClick={onChoose}
      className={cx(
        'grid min-h-9 cursor-pointer grid-cols-[64px_16px_1fr_auto] items-baseline gap-2 border-b border-line px-2 py-2 text-sm [contain-intrinsic-height:37px] [content-visibility:auto] max-[899px]:min-h-11 max-[899px]:content-center',
        isChosen ? 'bg-accent-soft' : 'hover:bg-surface-2',
      )}
    >
      <time dateTime={at} title={exact} className="num text-xs text-muted">
        {exact.slice(-8)}
      </time>
      <span
        role="img"
        aria-label={direction === 'to-parley' ? 'to Parley' : 'from Parley'}
        className="self-center"
      >
        <Arrow
          aria-hidden="true"
          strokeWidth={1.75}
          className={cx('size-3.5 shrink-0', direction === 'to-parley' ? 'text-accent-text' : 'text-muted')}
        />
      </span>
      <span className="min-w-0 break-words">
        <span className="text-strong">{line.kind}</span>{' '}
        <span className={cx('num', line.isFailure ? 'font-medium text-danger' : 'text-muted')}>
          {line.summary}
        </span>
      </span>
      <span className={cx('num text-xs', line.isRefused ? 'font-medium text-danger' : 'text-muted')}>
        {line.outcome}
      </span>
    </div>
  );
}
