'use client';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import type { TenantState } from './queries.ts';
import { stateWords } from './state-tag.tsx';

const states: TenantState[] = ['active', 'suspended', 'deleting', 'erasing'];

type Props = { state: TenantState | null; onChange: (state: TenantState | null) => void };

export function StateFilter({ state, onChange }: Props) {
  const hydrated = useHydrated();
  return (
    <label>
      <span className="sr-only">State</span>
      <select
        value={state ?? ''}
        disabled={!hydrated}
        onChange={({ target }) => onChange(states.find((one) => one === target.value) ?? null)}
        className="h-8 rounded-md border border-line-strong bg-surface-1 px-2.5 text-sm text-strong max-[899px]:h-11 max-[899px]:text-lg"
      >
        <option value="">All states</option>
        {states.map((one) => (
          <option key={one} value={one}>
            {stateWords(one)}
          </option>
        ))}
      </select>
    </label>
  );
}
