import { UserRound } from 'lucide-react';
import { cx } from './cx.ts';
import { initialsOf } from './initials.ts';

const sizes = {
  5: 'size-5 text-[0.625rem]',
  7: 'size-7 text-2xs',
  8: 'size-8 text-xs',
  9: 'size-9 text-xs',
} as const;

/** A person's initials in a circle. Decoration: the name stands beside it, or give `label`. */
export function Avatar({
  name,
  size = 8,
  label,
}: {
  name: string;
  size?: keyof typeof sizes;
  label?: string;
}) {
  const initials = initialsOf(name);
  return (
    <span
      {...(label ? { role: 'img', 'aria-label': label, title: label } : { 'aria-hidden': true })}
      className={cx(
        'grid shrink-0 place-items-center rounded-full bg-surface-3 font-medium text-normal',
        sizes[size],
      )}
    >
      {initials ?? <UserRound aria-hidden="true" strokeWidth={1.75} className="size-1/2" />}
    </span>
  );
}
