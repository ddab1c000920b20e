import { CircleAlert, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** A sentence beside the thing it is about. `danger` is read out at once: something did not happen. */
export function Notice({
  tone,
  children,
  className,
}: {
  tone: 'danger' | 'neutral';
  children: ReactNode;
  className?: string;
}) {
  const Icon = tone === 'danger' ? CircleAlert : Info;
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={cx(
        'flex items-start gap-2 rounded-md px-3 py-2.5 text-sm text-strong',
        tone === 'danger' ? 'bg-danger-soft' : 'bg-surface-2',
        className,
      )}
    >
      <Icon
        aria-hidden="true"
        strokeWidth={1.75}
        className={cx('mt-0.5 size-4 shrink-0', tone === 'danger' ? 'text-danger' : 'text-muted')}
      />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
