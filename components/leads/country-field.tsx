'use client';
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';
import { SelectField } from '#components/ui/select-field.tsx';

const names = new Intl.DisplayNames('en', { type: 'region' });
const countries = getCountries()
  .map((code) => ({ code, name: names.of(code) ?? code, calling: getCountryCallingCode(code) }))
  .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));

/** Of which country a number is that has no code in front. */
export function CountryField({ value, onChange }: { value: string; onChange: (code: string) => void }) {
  return (
    <SelectField label="Country" value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">As the number says (+…)</option>
      {countries.map(({ code, name, calling }) => (
        <option key={code} value={code}>
          {name} (+{calling})
        </option>
      ))}
    </SelectField>
  );
}
