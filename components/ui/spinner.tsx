import { LoaderCircle } from 'lucide-react';
import { cx } from './cx.ts';

/** Decoration: what is busy says so in words or by `aria-busy`. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden="true" className={cx('size-4 shrink-0 animate-spin', className)} />;
}
