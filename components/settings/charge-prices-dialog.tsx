'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { wordsOf } from '#components/trpc/errors.ts';
import { useMember, useTRPC } from '#components/trpc/provider.tsx';
import type { ChargePrices } from '#components/trpc/types.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';

const usual = ['marketing', 'utility', 'authentication', 'service'];

type Props = { prices: ChargePrices | null; counted: string[]; onClose: () => void };

/** What WhatsApp charges for a message of each category: the usual ones, and whatever it has counted or was priced before. */
export function ChargePricesDialog({ prices, counted, onClose }: Props) {
  const { slug: tenant } = useMember();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const id = useId();
  const categories = [...new Set([...usual, ...Object.keys(prices?.each ?? {}), ...counted])];
  const [currency, setCurrency] = useState(prices?.currency ?? '');
  const [texts, setTexts] = useState<Record<string, string>>(
    Object.fromEntries(categories.map((category) => [category, String(prices?.each[category] ?? '')])),
  );
  const save = useMutation(
    trpc.tenants.setChargePrices.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.tenants.usage.queryKey({ tenant }) });
        onClose();
      },
    }),
  );
  const each = categories.flatMap((category) => {
    const text = (texts[category] ?? '').trim().replace(',', '.');
    return text === '' ? [] : [[category, Number(text)] as const];
  });
  const wrong = each.filter(([, price]) => !Number.isFinite(price)).map(([category]) => category);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (wrong.length === 0 && !save.isPending)
      save.mutate({ tenant, currency, each: Object.fromEntries(each) });
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="What WhatsApp charges"
      description="For one message of each category, as on WhatsApp’s price list for your market. Leave out what you do not send."
      actions={
        <>
          <Button onClick={onClose} className="max-[899px]:h-11">
            Cancel
          </Button>
          <Button
            type="submit"
            form={`${id}-form`}
            look="primary"
            busy={save.isPending}
            disabled={currency.trim() === '' || wrong.length > 0}
            className="max-[899px]:h-11"
          >
            Save
          </Button>
        </>
      }
    >
      <form id={`${id}-form`} method="post" onSubmit={submit} className="grid grid-cols-2 gap-4">
        <Field
          className="col-span-full"
          label="Currency"
          hint="Its three letters, such as EUR or BRL."
          autoComplete="off"
          spellCheck={false}
          value={currency}
          onChange={({ target }) => setCurrency(target.value)}
        />
        {categories.map((category) => (
          <Field
            key={category}
            label={`${category.slice(0, 1).toUpperCase()}${category.slice(1).replaceAll('_', ' ')}`}
            inputMode="decimal"
            autoComplete="off"
            error={wrong.includes(category) ? 'Write a number such as 0.0456.' : undefined}
            value={texts[category] ?? ''}
            onChange={({ target }) => setTexts({ ...texts, [category]: target.value })}
          />
        ))}
        {save.isError && (
          <Notice tone="danger" className="col-span-full">
            {wordsOf(save.error)}
          </Notice>
        )}
      </form>
    </Dialog>
  );
}
