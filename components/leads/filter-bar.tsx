'use client';
import { ChevronDown, ListFilter, Search } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useActions } from '#components/ui/actions.tsx';
import { Button } from '#components/ui/button.tsx';
import { languages } from '#components/ui/language-field.tsx';
import { Menu, MenuCheck } from '#components/ui/menu.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { FilterDialog } from './filter-dialog.tsx';
import { consentWords, languageWords } from './lead-words.ts';
import type { Choices, Condition, Filter } from './leads.ts';

type Props = { filter: Filter; choices: Choices; onChange: (filter: Filter) => void; children: ReactNode };
type Quick = 'language' | 'label' | 'consent';

/** Finding, and the filters that are wanted most; on phones all of them behind one button. */
export function FilterBar({ filter, choices, onChange, children }: Props) {
  const [adding, setAdding] = useState(false);
  const change = (conditions: Condition[]) => onChange({ ...filter, conditions });
  const options: Record<Quick, { value: string; label: string }[]> = {
    language: [
      { value: '', label: 'Unknown' },
      ...languages.map(({ tag, name }) => ({ value: tag, label: name })),
    ],
    label: [
      { value: '', label: 'None' },
      ...choices.labels.map(({ id, name }) => ({ value: id, label: name })),
    ],
    consent: Object.entries(consentWords).map(([value, label]) => ({ value, label })),
  };
  return (
    <div className="flex shrink-0 items-center gap-2 px-6 pb-3 max-[899px]:px-4">
      <FindBox search={filter.search} onSearch={(search) => onChange({ ...filter, search })} />
      <span className="flex gap-2 max-[899px]:hidden">
        <Quickly
          field="language"
          name="Language"
          options={options.language}
          filter={filter}
          onChange={change}
        />
        <Quickly field="label" name="Label" options={options.label} filter={filter} onChange={change} />
        <Quickly field="consent" name="Consent" options={options.consent} filter={filter} onChange={change} />
      </span>
      <Button icon={ListFilter} onClick={() => setAdding(true)} className="max-[899px]:h-11">
        <span className="min-[900px]:hidden">Filter</span>
        <span className="max-[899px]:hidden">Add filter</span>
      </Button>
      <span className="flex-1 max-[899px]:hidden" />
      <span className="max-[899px]:hidden">{children}</span>
      <FilterDialog
        open={adding}
        onOpenChange={setAdding}
        choices={choices}
        onAdd={(condition) => change([...filter.conditions, condition])}
      />
    </div>
  );
}

type QuickProps = {
  field: Quick;
  name: string;
  options: { value: string; label: string }[];
  filter: Filter;
  onChange: (conditions: Condition[]) => void;
};

/** The first condition of its kind; others stand among the chips. */
function Quickly({ field, name, options, filter, onChange }: QuickProps) {
  const current = filter.conditions.find((one) => isQuick(one, field));
  const chosen: string[] = current && 'is' in current ? current.is : [];
  function toggle(value: string, on: boolean) {
    const is = on ? [...chosen, value] : chosen.filter((other) => other !== value);
    const others = filter.conditions.filter((one) => one !== current);
    // The cast: which values belong to which field is told by the options.
    onChange(is.length === 0 ? others : [...others, { field, is } as Condition]);
  }
  const words =
    chosen.length === 0
      ? 'any'
      : chosen.length === 1
        ? (options.find(({ value }) => value === chosen[0])?.label ?? languageWords(chosen[0] ?? ''))
        : String(chosen.length);
  return (
    <Menu
      trigger={
        <Button>
          <span className="max-w-40 truncate">
            {name}: {words}
          </span>
          <ChevronDown aria-hidden="true" strokeWidth={1.75} className="size-3.5 shrink-0 text-muted" />
        </Button>
      }
    >
      {options.map(({ value, label }) => (
        <MenuCheck key={value} checked={chosen.includes(value)} onChange={(on) => toggle(value, on)}>
          {label}
        </MenuCheck>
      ))}
    </Menu>
  );
}

export const isQuick = (condition: Condition, field?: Quick): boolean =>
  (field ? condition.field === field : ['language', 'label', 'consent'].includes(condition.field)) &&
  !condition.not;

/** Finds as one types, a moment after the last key. */
function FindBox({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const [text, setText] = useState(search);
  const [before, setBefore] = useState(search);
  const input = useRef<HTMLInputElement>(null);
  const hydrated = useHydrated();
  const tell = useEffectEvent((words: string) => {
    if (words !== search) onSearch(words);
  });
  // A segment that is chosen brings its own words.
  if (search !== before) {
    setBefore(search);
    if (search !== text.trim()) setText(search);
  }
  useEffect(() => {
    const timer = setTimeout(() => tell(text.trim()), text.trim() === '' ? 0 : 250);
    return () => clearTimeout(timer);
  }, [text]);
  useActions([
    { label: 'Find a lead', keys: '/', icon: Search, run: () => input.current?.focus(), keyOnly: true },
  ]);
  return (
    <search className="w-80 max-[899px]:w-auto max-[899px]:flex-1">
      <label className="relative block">
        <span className="sr-only">Find a lead</span>
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
          onChange={({ target }) => setText(target.value)}
          onKeyDown={({ key }) => key === 'Escape' && setText('')}
          maxLength={300}
          placeholder="Name, part of a number, email or label"
          autoComplete="off"
          className="h-8 w-full rounded-md border border-line-strong bg-surface-1 ps-8 pe-3 text-sm text-strong placeholder:text-muted max-[899px]:h-11 max-[899px]:text-lg"
        />
      </label>
    </search>
  );
}
