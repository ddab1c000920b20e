'use client';
import { SelectField } from './select-field.tsx';
import { clockTime, zoneWords } from './time-words.ts';
import { useHydrated } from './use-hydrated.ts';
import { useNow } from './use-now.tsx';

type Props = { value: string; onChange: (zone: string) => void; disabled?: boolean };

/** One of the world's time zones, by continent. The server's list may differ from the browser's, which is the one shown. */
export function TimeZoneField({ value, onChange, disabled }: Props) {
  const now = useNow(60_000);
  const zones = useHydrated() ? zonesWith(value) : [value];
  return (
    <SelectField
      label="Time zone"
      hint={`It is ${clockTime(now, value)} there now.`}
      value={value}
      disabled={disabled ?? false}
      onChange={({ target }) => onChange(target.value)}
    >
      {[...Map.groupBy(zones, regionOf)].map(([region, members]) => (
        <optgroup key={region} label={region}>
          {members.map((zone) => (
            <option key={zone} value={zone}>
              {zoneWords(zone)}
            </option>
          ))}
        </optgroup>
      ))}
    </SelectField>
  );
}

/** The browser's own zone, as far as it tells; UTC otherwise. */
export function guessTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

function zonesWith(zone: string): string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', zone])].toSorted();
}

const regionOf = (zone: string) => (zone.includes('/') ? (zone.split('/')[0] ?? zone) : 'Universal');
