import { type ReactNode, useId } from 'react';
import { cx } from '#components/ui/cx.ts';

type Props = { title: string; note?: ReactNode; action?: ReactNode; children: ReactNode };

export function Card({ title, note, action, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 rounded-md border border-line bg-surface-1">
      <header className="flex items-start gap-2 px-5 pt-4 max-[899px]:px-4">
        <div className="min-w-0 flex-1">
          <h2 id={id} className="text-lg font-semibold text-strong">
            {title}
          </h2>
          {note && <p className="num text-sm text-muted">{note}</p>}
        </div>
        {action}
      </header>
      <div className="px-5 pt-3 pb-5 max-[899px]:px-4">{children}</div>
    </section>
  );
}

/** A table that moves sideways within itself where it is wider than the page. */
export function TableBox({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be reached by the keyboard.
    <section aria-label={label} tabIndex={0} className="relative overflow-x-auto">
      {children}
    </section>
  );
}

type CellProps = { end?: boolean; className?: string; children?: ReactNode };

export const Head = ({ end, className, children }: CellProps) => (
  <th
    scope="col"
    className={cx(
      'h-8 px-2 text-xs font-medium whitespace-nowrap text-muted first:ps-0 last:pe-0',
      end ? 'text-end' : 'text-start',
      className,
    )}
  >
    {children}
  </th>
);

export const Cell = ({ end, className, children }: CellProps) => (
  <td
    className={cx(
      'num h-9 px-2 text-normal first:ps-0 last:pe-0',
      end ? 'text-end whitespace-nowrap' : 'text-start',
      className,
    )}
  >
    {children}
  </td>
);

export const RowHead = ({ className, children }: CellProps) => (
  <th
    scope="row"
    className={cx('num h-9 px-2 py-1.5 text-start font-medium text-strong first:ps-0', className)}
  >
    {children}
  </th>
);

export const rowClass = 'border-b border-line last:border-0';
