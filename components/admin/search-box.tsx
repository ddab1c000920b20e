'use client';
import { Search } from 'lucide-react';
import { useHydrated } from '#components/ui/use-hydrated.ts';

/** Narrows the list while one types. */
export function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const hydrated = useHydrated();
  return (
    <label className="relative w-80 max-[899px]:w-full">
      <span className="sr-only">Find a tenant</span>
      <Search
        aria-hidden="true"
        strokeWidth={1.75}
        className="pointer-events-none absolute inset-y-0 start-2.5 my-auto size-4 text-muted"
      />
      <input
        type="search"
        placeholder="Name, slug or owner"
        readOnly={!hydrated}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className="h-8 w-full rounded-md border border-line-strong bg-surface-1 ps-8 pe-3 text-sm text-strong placeholder:text-muted max-[899px]:h-11 max-[899px]:text-lg"
      />
    </label>
  );
}
