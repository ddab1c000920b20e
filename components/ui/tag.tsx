import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export type TagTone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger';

const tones = {
  neutral: 'bg-surface-2 text-normal',
  accent: 'bg-accent-soft text-accent-text',
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
} as const;

/** A word in a box: coloured for a verdict, neutral for a label. */
export function Tag({ tone = 'neutral', children }: { tone?: TagTone; children: ReactNode }) {
  return (
    <span
      className={cx(
        'num inline-flex h-5 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap',
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
