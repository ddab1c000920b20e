import { Check, CheckCheck } from 'lucide-react';
import { cx } from '#components/ui/cx.ts';
import type { Bubble } from './sim-shapes.ts';

const looks: Partial<Record<Bubble['status'], { word: string; title: string }>> = {
  sent: { word: 'Sent', title: 'Sent; Parley has not taken it yet' },
  delivered: { word: 'Delivered', title: 'Delivered to Parley' },
  read: { word: 'Read', title: 'Read by the business' },
};

/** How far the person's own message came. */
export function Tick({ status }: { status: Bubble['status'] }) {
  const look = looks[status];
  if (!look) return null;
  const Icon = status === 'sent' ? Check : CheckCheck;
  return (
    <span role="img" aria-label={look.word} title={look.title} className="inline-flex">
      <Icon
        aria-hidden="true"
        strokeWidth={1.75}
        className={cx('size-3.5 shrink-0', status === 'read' ? 'text-tick-read' : 'text-muted')}
      />
    </span>
  );
}
