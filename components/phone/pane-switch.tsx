'use client';
import { cx } from '#components/ui/cx.ts';

export type Pane = 'phone' | 'people' | 'wire';

const panes = [
  ['phone', 'Phone'],
  ['people', 'People'],
  ['wire', 'Wire'],
] as const;

/** On narrow screens one of the three columns is seen at a time. */
export function PaneSwitch({ pane, onChange }: { pane: Pane; onChange: (pane: Pane) => void }) {
  return (
    <nav
      aria-label="What to show"
      className="flex shrink-0 gap-6 border-b border-line bg-surface-1 px-4 min-[900px]:hidden"
    >
      {panes.map(([value, label]) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === pane}
          onClick={() => onChange(value)}
          className={cx(
            '-mb-px h-11 min-w-11 border-b-2 text-sm -outline-offset-2',
            value === pane ? 'border-accent font-medium text-strong' : 'border-transparent text-muted',
          )}
        >
          {label}
        </button>
      ))}
    </nav>
  );
}

export function paneClass(own: Pane, shown: Pane, className: string): string {
  return cx(className, own !== shown && 'max-[899px]:hidden');
}
