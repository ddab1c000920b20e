'use client';
import { SelectField } from './select-field.tsx';

type Props = { value: string; hint?: string; onChange: (language: string) => void; disabled?: boolean };

/** One of the languages that WhatsApp is used in most, by its English name. */
export function LanguageField({ value, hint, onChange, disabled }: Props) {
  const known = languages.some(({ tag }) => tag === value);
  return (
    <SelectField
      label="Language"
      hint={hint}
      value={value}
      disabled={disabled ?? false}
      onChange={({ target }) => onChange(target.value)}
    >
      {!known && <option value={value}>{languageName(value)}</option>}
      {languages.map(({ tag, name }) => (
        <option key={tag} value={tag}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

/** The browser's first language that is in the list; English otherwise. */
export function guessLanguage(): string {
  const wanted = navigator.languages.flatMap((tag) => [tag, tag.split('-')[0] ?? tag]);
  return wanted.find((tag) => languages.some((language) => language.tag === tag)) ?? 'en';
}

export const languageName = (tag: string) => new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;

const tags =
  'af ar az bg bn ca cs da de el en es et fa fi fil fr gu he hi hr hu id it ja kk kn ko lt lv mk ml mr ms nb nl pa pl pt pt-BR ro ru sk sl sq sr sv sw ta te th tr uk ur uz vi zh zu';
export const languages = tags
  .split(' ')
  .map((tag) => ({ tag, name: languageName(tag) }))
  .toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
