'use client';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useActions } from '#components/ui/actions.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';

/** Finds as one types, a moment after the last key. Escape clears, the arrow leads into the list, Enter has nothing to add. */
export function SearchBox({ onSearch }: { onSearch: (search: string) => void }) {
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const hydrated = useHydrated();
  const search = useEffectEvent(onSearch);

  useEffect(() => {
    const timer = setTimeout(() => search(text.trim()), text.trim() === '' ? 0 : 250);
    return () => clearTimeout(timer);
  }, [text]);

  function goOn(event: KeyboardEvent<HTMLInputElement>) {
    const box = event.currentTarget;
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      box.closest('section')?.querySelector<HTMLElement>('[data-conversation]')?.focus();
    }
    if (event.key !== 'Escape') return;
    setText('');
    if (text === '') box.blur();
  }

  useActions([
    {
      label: 'Find a conversation',
      keys: '/',
      icon: Search,
      run: () => input.current?.focus(),
      keyOnly: true,
    },
  ]);

  return (
    <search className="block px-3 pb-2">
      <label className="relative block">
        <span className="sr-only">Find a conversation</span>
        <Search
          aria-hidden="true"
          strokeWidth={1.75}
          className="pointer-events-none absolute inset-y-0 start-2.5 my-auto size-4 text-muted"
        />
        <input
          ref={input}
          type="search"
          value={text}
          readOnly={!hydrated}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={goOn}
          maxLength={300}
          placeholder="Find by name or number"
          autoComplete="off"
          className="h-8 w-full rounded-md bg-surface-2 ps-8 pe-8 text-sm text-strong placeholder:text-muted max-[899px]:h-11 max-[899px]:text-lg"
        />
        {text === '' && (
          <span
            aria-hidden="true"
            className="pointer-events-none absolute inset-y-0 end-2 grid place-items-center max-[899px]:hidden"
          >
            <Kbd>/</Kbd>
          </span>
        )}
      </label>
    </search>
  );
}
