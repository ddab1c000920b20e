'use client';
import { Field } from '#components/ui/field.tsx';

type Props = { value: string; onChange: (code: string) => void; hint: string };

export function CodeField({ value, onChange, hint }: Props) {
  return (
    <Field
      label="Code"
      name="code"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      required
      maxLength={60}
      hint={hint}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
