'use client';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#components/trpc/types.ts';
import { Field } from '#components/ui/field.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { zoneWords } from '#components/ui/time-words.ts';
import { areaWords } from './action-words.ts';
import type { AuditFilter } from './audit-filter.ts';

type Props = {
  filter: AuditFilter;
  onChange: (changed: Partial<AuditFilter>) => void;
  /** Undefined until they are known. */
  choices: inferRouterOutputs<AppRouter>['audit']['choices'] | undefined;
  timeZone: string;
};

/** Who, what, from when to when. What can be chosen is what there is. */
export function FilterBar({ filter, onChange, choices, timeZone }: Props) {
  const { who, what, firstDay, lastDay } = filter;
  const people = choices?.people ?? [];
  const areas = choices?.areas ?? [];
  const strangers = who !== null && who !== 'system' && !people.some(({ id }) => id === who);
  return (
    <search aria-label="Filter" className="mt-4 grid grid-cols-4 gap-3 max-[899px]:grid-cols-2">
      <SelectField
        label="Who"
        value={who ?? ''}
        onChange={({ target }) => onChange({ who: target.value || null })}
      >
        <option value="">Everybody</option>
        {strangers && <option value={who}>Somebody else</option>}
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        {(choices?.system || who === 'system') && <option value="system">System and commands</option>}
      </SelectField>
      <SelectField
        label="What"
        value={what ?? ''}
        onChange={({ target }) => onChange({ what: target.value || null })}
      >
        <option value="">Everything</option>
        {what !== null && !areas.includes(what) && <option value={what}>{areaWords(what)}</option>}
        {areas.map((area) => (
          <option key={area} value={area}>
            {areaWords(area)}
          </option>
        ))}
      </SelectField>
      <Field
        label="From"
        type="date"
        max={lastDay ?? undefined}
        value={firstDay ?? ''}
        onChange={({ target }) => onChange({ firstDay: target.value || null })}
      />
      <Field
        label="To"
        type="date"
        min={firstDay ?? undefined}
        value={lastDay ?? ''}
        onChange={({ target }) => onChange({ lastDay: target.value || null })}
      />
      <p className="col-span-full text-xs text-muted">Times are by the clocks of {zoneWords(timeZone)}.</p>
    </search>
  );
}
