'use client';
import { Check, Minus } from 'lucide-react';
import { useHydrated } from './use-hydrated.ts';

type Props = {
  label: string;
  checked: boolean;
  /** Some of what it stands for. */
  mixed?: boolean;
  onChange: (checked: boolean) => void;
};

/** A box of 16 pixels in a target of 24, named without being written beside it. */
export function Checkbox({ label, checked, mixed = false, onChange }: Props) {
  const hydrated = useHydrated();
  const on = checked || mixed;
  const Mark = mixed ? Minus : Check;
  return (
    <span className="relative -m-1 inline-grid size-6 shrink-0 place-items-center align-middle">
      <input
        ref={(box) => {
          // There is no attribute for it.
          if (box) box.indeterminate = mixed;
        }}
        type="checkbox"
        aria-label={label}
        checked={checked}
        disabled={!hydrated}
        onChange={({ target }) => onChange(target.checked)}
        className="peer absolute inset-0 cursor-pointer opacity-0"
      />
      <span
        aria-hidden="true"
        className={`grid size-4 place-items-center rounded-sm border peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent ${on ? 'border-accent bg-accent text-on-accent' : 'border-line-strong bg-surface-1'}`}
      >
        {on && <Mark strokeWidth={2.5} className="size-3" />}
      </span>
    </span>
  );
}
