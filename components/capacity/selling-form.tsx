'use client';
import { type FormEvent, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { Card } from './card.tsx';
import type { CapacityView } from './queries.ts';
import { useDeeds } from './use-deeds.ts';
import { count, rate } from './words.ts';

/** Each is shown times `shown`: shares in percent. */
const assumed = [
  { key: 'activeHours', label: 'Active hours a day', shown: 1 },
  { key: 'messagesPerLead', label: 'Messages per active lead a day', shown: 1 },
  { key: 'activeShare', label: 'Active share of leads, %', shown: 100 },
  { key: 'peakFactor', label: 'Peak hour over average', shown: 1 },
  { key: 'outgoingShare', label: 'Outgoing share of messages, %', shown: 100 },
] as const;

/** How what was measured becomes what may be sold, and what who signs up begins with. */
export function SellingForm({ view: { selling, tiers, measured } }: { view: CapacityView }) {
  const [overcommit, setOvercommit] = useState(String(selling.overcommit));
  const [by, setBy] = useState(selling.rate);
  const [defaultTierId, setDefaultTier] = useState(selling.defaultTierId ?? '');
  const [texts, setTexts] = useState(() =>
    Object.fromEntries(
      assumed.map(({ key, shown }) => [
        key,
        String(Number((selling.assumptions[key] * shown).toPrecision(12))),
      ]),
    ),
  );
  const { changeSelling } = useDeeds();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (changeSelling.isPending) return;
    const read = assumed.map(({ key, shown }) => [key, numberIn(texts[key] ?? '') / shown]);
    changeSelling.mutate({
      overcommit: numberIn(overcommit),
      rate: by,
      assumptions: { ...selling.assumptions, ...Object.fromEntries(read) },
      defaultTierId: defaultTierId === '' ? null : defaultTierId,
    });
  }

  return (
    <div className="mt-8">
      <Card
        title="How it is sold"
        note={
          measured
            ? `By ${rate(measured.rate)} in the busiest hour: ${count(measured.active)} active conversations a day, sold ${selling.overcommit === 1 ? 'once' : `${selling.overcommit} times`}`
            : 'Nothing is measured yet'
        }
      >
        <form method="post" noValidate onSubmit={submit}>
          <div className="grid grid-cols-1 gap-x-6 gap-y-4 min-[640px]:grid-cols-2 min-[1100px]:grid-cols-3">
            <Field
              label="Overcommit"
              inputMode="decimal"
              hint="How many times the measured may be sold. Who buys seldom uses all of it."
              value={overcommit}
              onChange={({ target }) => setOvercommit(target.value)}
            />
            <SelectField
              label="Sold by"
              hint="The peak keeps the promises, with no room above it."
              value={by}
              onChange={({ target }) => setBy(target.value === 'peak' ? 'peak' : 'sustainable')}
            >
              <option value="sustainable">The sustainable rate</option>
              <option value="peak">The peak rate</option>
            </SelectField>
            <SelectField
              label="Tier of who signs up"
              hint="Whom you make a tenant for gets the tier that you choose there."
              value={defaultTierId}
              onChange={({ target }) => setDefaultTier(target.value)}
            >
              <option value="">No tier, no limits</option>
              {tiers.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </SelectField>
          </div>
          <fieldset className="mt-6">
            <legend className="text-sm font-semibold text-strong">What is assumed of people</legend>
            <div className="mt-3 grid grid-cols-1 gap-x-6 gap-y-4 min-[640px]:grid-cols-2 min-[1100px]:grid-cols-3">
              {assumed.map(({ key, label }) => (
                <Field
                  key={key}
                  label={label}
                  inputMode="decimal"
                  value={texts[key] ?? ''}
                  onChange={({ target }) => setTexts({ ...texts, [key]: target.value })}
                />
              ))}
            </div>
          </fieldset>
          {changeSelling.isError && (
            <Notice tone="danger" className="mt-4">
              {wordsOf(changeSelling.error)}
            </Notice>
          )}
          <Button type="submit" busy={changeSelling.isPending} className="mt-5 max-[899px]:h-11">
            Save
          </Button>
        </form>
      </Card>
    </div>
  );
}

/** What is no number is refused in words by the rule, as an impossible one. */
const numberIn = (text: string) => (text.trim() === '' ? -1 : Number(text.replaceAll(',', '')) || 0);
