import { CircleAlert, CircleCheck, CircleDashed, CircleX, type LucideIcon, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Connecting } from '#components/trpc/types.ts';
import { cx } from '#components/ui/cx.ts';
import { Spinner } from '#components/ui/spinner.tsx';
import type { CheckRow, Look } from './check-rows.ts';
import { MendForm } from './mend-form.tsx';

const looks: Record<Look, { icon: LucideIcon; words: string; tone: string }> = {
  passed: { icon: CircleCheck, words: 'Passed', tone: 'text-success' },
  warning: { icon: CircleAlert, words: 'Passed, look at it', tone: 'text-warning' },
  failed: { icon: CircleX, words: 'Failed', tone: 'text-danger' },
  unreachable: { icon: WifiOff, words: 'No answer', tone: 'text-warning' },
  waiting: { icon: CircleDashed, words: 'Waiting', tone: 'text-muted' },
  idle: { icon: CircleDashed, words: 'Waiting', tone: 'text-muted' },
  running: { icon: CircleDashed, words: 'Checking', tone: 'text-muted' },
};

type Props = { row: CheckRow; number: Connecting; onMended: () => void };

/** One check: its outcome in words, and where it failed how to mend it, on the spot where that is possible. */
export function CheckLine({ row, number, onMended }: Props) {
  const { look, title, detail, steps, mend, took } = row;
  return (
    <Line look={look} title={title} detail={detail} took={look === 'failed' ? 'Failed' : took}>
      {steps.length > 0 && (
        <ol
          className={cx(
            'mt-2.5 list-decimal space-y-1 ps-5 text-sm',
            look === 'failed' ? 'text-strong marker:text-danger' : 'text-normal',
          )}
        >
          {steps.map((step) => (
            <li key={step}>
              <Step text={step} />
            </li>
          ))}
        </ol>
      )}
      {mend && number.channel === null && <MendForm mend={mend} number={number} onMended={onMended} />}
    </Line>
  );
}

type LineProps = { look: Look; title: string; detail: string; took?: string; children?: ReactNode };

export function Line({ look, title, detail, took = '', children }: LineProps) {
  const { icon: Icon, words, tone } = looks[look];
  const isQuiet = look === 'waiting' || look === 'idle' || look === 'running';
  const isLong = look === 'failed' || look === 'warning' || look === 'unreachable';
  return (
    <li className={cx('px-5 py-3', look === 'failed' && 'bg-danger-soft')}>
      <div className="flex gap-3">
        <span role="img" aria-label={words} className="mt-0.5">
          {look === 'running' ? (
            <Spinner className={tone} />
          ) : (
            <Icon aria-hidden="true" strokeWidth={1.75} className={cx('size-4 shrink-0', tone)} />
          )}
        </span>
        <div className="min-w-0 flex-1">
          <div className={cx(!isLong && 'flex flex-wrap gap-x-3')}>
            <p
              className={cx(
                'text-base',
                isQuiet ? 'font-medium text-muted' : 'text-strong',
                isLong ? 'font-semibold' : 'font-medium',
              )}
            >
              {title}
            </p>
            {detail && (
              <p
                className={cx(
                  'num text-sm wrap-anywhere',
                  look === 'failed' ? 'text-strong' : isLong ? 'text-normal' : 'text-muted',
                )}
              >
                {detail}
              </p>
            )}
          </div>
          {children}
        </div>
        <span
          className={cx('num shrink-0 text-xs', look === 'failed' ? 'font-medium text-danger' : 'text-muted')}
        >
          {took}
        </span>
      </div>
    </li>
  );
}

/** What stands in `backticks` is to be found at Meta by letter. */
function Step({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a sentence's parts have no other name
      <span key={index} className="font-mono text-xs wrap-anywhere">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
