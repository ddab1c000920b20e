import { cx } from './cx.ts';
import { directionOf } from './direction.ts';

/** One line of somebody's words in a row: the words run in their direction, the row keeps the interface's. */
export function TurnedText({ children, className }: { children: string; className?: string }) {
  const direction = directionOf(children);
  return (
    <span
      dir={direction}
      title={children}
      className={cx('block truncate', direction === 'rtl' && 'text-end', className)}
    >
      {children}
    </span>
  );
}
