import { cx } from '#components/ui/cx.ts';

type Props = {
  label: string;
  used: number;
  /** Null: no quota. */
  most: number | null;
  /** Beyond it nothing is refused. */
  isSoft?: boolean;
};

/** "5 of 5" with a bar; the number alone where there is no quota. */
export function Meter({ label, used, most, isSoft = false }: Props) {
  const number = (count: number) => count.toLocaleString('en');
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-2 gap-y-1.5 text-sm">
      <dt className="text-muted">{label}</dt>
      <dd className="num font-medium text-strong">
        {most === null ? number(used) : `${number(used)} of ${number(most)}`}
      </dd>
      {most !== null && (
        <dd aria-hidden="true" className="h-1.5 basis-full overflow-hidden rounded-full bg-surface-3">
          <Bar share={most === 0 ? 1 : used / most} isSoft={isSoft} />
        </dd>
      )}
    </div>
  );
}

function Bar({ share, isSoft }: { share: number; isSoft: boolean }) {
  const colour = share >= 1 && !isSoft ? 'bg-danger' : share >= 0.8 ? 'bg-warning' : 'bg-accent';
  return (
    <div className={cx('h-full rounded-full', colour)} style={{ width: `${Math.min(100, share * 100)}%` }} />
  );
}
