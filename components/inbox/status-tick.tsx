import { cx } from '#components/ui/cx.ts';
import { type Status, statusWords } from './status-words.ts';

/** How far an outgoing message got: a mark for the eye, its word for everybody else. */
export function StatusTick({ status, title }: { status: Status; title?: string }) {
  const { word, icon: Icon, tone, means } = statusWords[status];
  return (
    <span role="img" aria-label={word} title={title ?? `${word}: ${means}`} className="inline-flex shrink-0">
      <Icon aria-hidden="true" strokeWidth={1.75} className={cx('size-3.5', tone)} />
    </span>
  );
}
