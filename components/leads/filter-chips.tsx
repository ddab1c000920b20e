'use client';
import { X } from 'lucide-react';
import { isQuick } from './filter-bar.tsx';
import { conditionWords } from './lead-words.ts';
import type { Choices, Filter } from './leads.ts';

type Props = { filter: Filter; choices: Choices; onChange: (filter: Filter) => void };

/** The conditions in words, each with its end, and whether all or any of them have to hold. */
export function FilterChips({ filter, choices, onChange }: Props) {
  const { conditions, join } = filter;
  const chips = conditions.map((condition, index) => ({
    condition,
    words: conditionWords(condition, choices),
    index,
  }));
  const extra = chips.filter(({ condition }) => !isQuick(condition));
  if (conditions.length === 0) return null;
  return (
    <div
      className={`flex shrink-0 flex-wrap items-center gap-2 px-6 pb-3 max-[899px]:px-4 ${extra.length === 0 && conditions.length < 2 ? 'min-[900px]:hidden' : ''}`}
    >
      {conditions.length > 1 && (
        <select
          aria-label="Which conditions have to hold"
          value={join}
          onChange={({ target }) => onChange({ ...filter, join: target.value === 'any' ? 'any' : 'all' })}
          className="h-7 rounded-md border border-line-strong bg-surface-1 px-2 text-sm text-strong max-[899px]:h-11"
        >
          <option value="all">All of these</option>
          <option value="any">Any of these</option>
        </select>
      )}
      <ul aria-label="Filters" className="contents">
        {chips.map(({ condition, words, index }) => (
          <li
            key={words}
            className={`inline-flex h-7 max-w-full items-center gap-1 rounded-md bg-surface-2 ps-2.5 pe-1 text-sm text-normal max-[899px]:h-11 ${isQuick(condition) && conditions.length < 2 ? 'min-[900px]:hidden' : ''}`}
          >
            <bdi className="truncate">{words}</bdi>
            <button
              type="button"
              aria-label={`Take away: ${words}`}
              onClick={() =>
                onChange({ ...filter, conditions: conditions.filter((_, other) => other !== index) })
              }
              className="grid size-6 shrink-0 place-items-center rounded-sm text-muted hover:text-strong max-[899px]:size-11"
            >
              <X aria-hidden="true" strokeWidth={1.75} className="size-3.5" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
