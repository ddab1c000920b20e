'use client';
import { Check as Tick } from 'lucide-react';

type Props = { label: string; checked: boolean; onChange: (checked: boolean) => void };

/** A box of 16 pixels and its words, on a line that can be tapped as a whole. */
export function Check({ label, checked, onChange }: Props) {
  return (
    <label className="flex min-h-8 cursor-pointer items-center gap-2 text-sm text-normal max-[899px]:min-h-11">
      <span className="relative grid size-4 shrink-0 place-items-center">
        <input
          type="checkbox"
          checked={checked}
          onChange={({ target }) => onChange(target.checked)}
          className="peer size-4 cursor-pointer appearance-none rounded-sm border border-line-strong bg-surface-1 checked:border-accent checked:bg-accent"
        />
        <Tick
          aria-hidden="true"
          strokeWidth={2.5}
          className="pointer-events-none absolute size-3 text-on-accent opacity-0 peer-checked:opacity-100"
        />
      </span>
      {label}
    </label>
  );
}
