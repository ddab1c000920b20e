'use client';
import { Search } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useHydrated } from '#components/ui/use-hydrated.ts';

/** Finds among all tenants as one types, a moment after the last key. */
export function SearchBox({ onSearch }: { onSearch: (search: string) => void }) {
  const [text, setText] = useState('');
  const hydrated = useHydrated();
  const search = useEffectEvent(onSearch);
  useEffect(() => {
    const timer = setTimeout(() => search(text.trim()), text.trim() === '' ? 0 : 250);
    return () => clearTimeout(timer);
  }, [text]);
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
        value={text}
        maxLength={200}
        onChange={({ target }) => setText(target.value)}
        className="h-8 w-full rounded-md border border-line-strong bg-surface-1 ps-8 pe-3 text-sm text-strong placeholder:text-muted max-[899px]:h-11 max-[899px]:text-lg"
      />
    </label>
  );
}
