'use client';
import { type FormEvent, type ReactNode, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { LanguageField } from '#components/ui/language-field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { TimeZoneField } from '#components/ui/time-zone-field.tsx';

export type Facts = { name: string; timeZone: string; language: string };

type Props = {
  /** What it begins with; what is not given is what the browser would choose. */
  known: Facts;
  label: string;
  isPending: boolean;
  error: unknown;
  onSubmit: (facts: Facts) => void;
  children?: ReactNode;
};

/** What a business says about itself. */
export function FactsForm({ known, label, isPending, error, onSubmit, children }: Props) {
  const [changed, setChanged] = useState<Partial<Facts>>({});
  const facts = { ...known, ...changed };
  const change = (more: Partial<Facts>) => setChanged({ ...changed, ...more });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isPending) onSubmit(facts);
  }

  return (
    <form method="post" onSubmit={submit} className="max-w-xl space-y-5">
      {error !== null && <Notice tone="danger">{wordsOf(error)}</Notice>}
      <Field
        label="Business name"
        name="organization"
        autoComplete="organization"
        required
        maxLength={80}
        value={facts.name}
        hint="Your team sees it here, and the bot greets people with it."
        onChange={({ target }) => change({ name: target.value })}
      />
      <TimeZoneField value={facts.timeZone} onChange={(timeZone) => change({ timeZone })} />
      <LanguageField
        value={facts.language}
        hint="The language that you write to people in. The bot’s starter scripts come in it where they can."
        onChange={(language) => change({ language })}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" busy={isPending} className="max-[899px]:h-11">
          {label}
        </Button>
        {children}
      </div>
    </form>
  );
}
