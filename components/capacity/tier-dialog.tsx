'use client';
import { type FormEvent, useState } from 'react';
import { isRefusal, wordsOf } from '#components/trpc/errors.ts';
import { tierQuotas } from '#components/trpc/quota-words.ts';
import { AskReason } from '#components/ui/ask-reason.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { Tier } from './queries.ts';
import { effectWords, type FieldKey } from './tier-words.ts';
import { useDeeds } from './use-deeds.ts';

type Texts = Record<FieldKey | 'grace' | 'name', string>;
const inText = (value: number | null) => (value === null ? '' : String(value));
/** Empty is no limit; what is no number is refused by the rule, in words. */
function inNumber(text: string): number | null {
  if (text.trim() === '') return null;
  const value = Number(text.replaceAll(',', ''));
  return Number.isFinite(value) ? value : -1;
}

/** A tier's form; it says what saving does to whom before it is done. */
export function TierDialog({ tier, onClose }: { tier: Tier | null; onClose: () => void }) {
  const [texts, setTexts] = useState<Texts>(() => textsOf(tier));
  const [why, setWhy] = useState('');
  const { addTier, editTier } = useDeeds();
  const deed = tier ? editTier : addTier;
  const wanted = quotasIn(texts);
  const effect = tier ? effectWords(tier, wanted) : '';
  const isOversold = isRefusal(deed.error, 'oversold');
  const isReady = texts.name.trim() !== '' && (!isOversold || why.trim() !== '');
  // Its figures as they would be typed.
  const byModel = new Map<string, string>(
    Object.entries(tier?.model ?? {}).map(([key, value]) => [key, inText(value)]),
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isReady || deed.isPending) return;
    const form = { name: texts.name, ...wanted };
    if (tier) editTier.mutate({ id: tier.id, ...form, ...(isOversold && { why }) }, { onSuccess: onClose });
    else addTier.mutate(form, { onSuccess: onClose });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={tier ? `Edit ${tier.name}` : 'New tier'}
      description="What is left empty has no limit. What comes in is never refused."
      actions={
        <>
          <Button onClick={onClose} className="max-[899px]:h-11">
            Cancel
          </Button>
          <Button
            type="submit"
            form="tier"
            look="primary"
            busy={deed.isPending}
            disabled={!isReady}
            className="max-[899px]:h-11"
          >
            {isOversold ? 'Save all the same' : tier ? 'Save' : 'Add tier'}
          </Button>
        </>
      }
    >
      <form id="tier" method="post" noValidate onSubmit={submit} className="space-y-4">
        <Field
          label="Name"
          required
          maxLength={40}
          value={texts.name}
          onChange={({ target }) => setTexts({ ...texts, name: target.value })}
        />
        {tierQuotas.some(({ key }) => byModel.has(key) && texts[key] !== byModel.get(key)) && (
          <Button
            onClick={() =>
              setTexts((before) => ({
                ...before,
                ...Object.fromEntries(byModel),
              }))
            }
            className="max-[899px]:h-11"
          >
            Take the model’s figures
          </Button>
        )}
        <div className="grid grid-cols-2 gap-x-4 gap-y-3">
          {tierQuotas.map(({ key, label }) => (
            <Field
              key={key}
              label={label}
              inputMode="decimal"
              autoComplete="off"
              placeholder="No limit"
              value={texts[key]}
              onChange={({ target }) => setTexts({ ...texts, [key]: target.value })}
            />
          ))}
          <Field
            label="Grace for members, %"
            inputMode="numeric"
            autoComplete="off"
            value={texts.grace}
            onChange={({ target }) => setTexts({ ...texts, grace: target.value })}
          />
        </div>
        <p role="status" className="num text-sm text-normal">
          {effect}
        </p>
        {isOversold ? (
          <AskReason words={wordsOf(deed.error)} reason={why} onReason={setWhy} />
        ) : (
          deed.isError && <Notice tone="danger">{wordsOf(deed.error)}</Notice>
        )}
      </form>
    </Dialog>
  );
}

function textsOf(tier: Tier | null): Texts {
  const of = (key: FieldKey) => inText(tier?.[key] ?? null);
  return {
    ...{ name: tier?.name ?? '', leads: of('leads'), activeConversations: of('activeConversations') },
    ...{ messages: of('messages'), peakRate: of('peakRate'), burst: of('burst'), members: of('members') },
    ...{ channels: of('channels'), grace: String(tier?.grace ?? 0) },
  };
}

const quotasIn = (texts: Texts) => ({
  leads: inNumber(texts.leads),
  activeConversations: inNumber(texts.activeConversations),
  messages: inNumber(texts.messages),
  peakRate: inNumber(texts.peakRate),
  burst: inNumber(texts.burst),
  members: inNumber(texts.members),
  channels: inNumber(texts.channels),
  grace: inNumber(texts.grace) ?? 0,
});
