'use client';
import { useQuery } from '@tanstack/react-query';
import { useAdmin } from '#components/trpc/admin.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';

/** A tier's id, `none` for those without any, null for all. */
type Props = { tier: string | null; onChange: (tier: string | null) => void };

export function TierFilter({ tier, onChange }: Props) {
  const hydrated = useHydrated();
  const { data } = useQuery(useAdmin().capacity.tierNames.queryOptions());
  return (
    <label>
      <span className="sr-only">Tier</span>
      <select
        value={tier ?? ''}
        disabled={!hydrated}
        onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
        className="h-8 max-w-44 rounded-md border border-line-strong bg-surface-1 px-2.5 text-sm text-strong max-[899px]:h-11 max-[899px]:text-lg"
      >
        <option value="">All tiers</option>
        {data?.tiers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        <option value="none">No tier</option>
      </select>
    </label>
  );
}
