'use client';
import { useState } from 'react';
import { useMember } from '#components/trpc/provider.tsx';
import type { ChannelCharges, ChargePrices } from '#components/trpc/types.ts';
import { Button } from '#components/ui/button.tsx';
import { ChargePricesDialog } from './charge-prices-dialog.tsx';

/** WhatsApp charges nothing for so many service messages of a number in a month. */
const freeAMonth = 1_000;

type Props = { charges: ChannelCharges[]; prices: ChargePrices | null };

/** What WhatsApp says that it counted this month, number by number, and in money where prices were entered. */
export function Charges({ charges, prices }: Props) {
  const { may } = useMember();
  const [entering, setEntering] = useState(false);
  return (
    <div className="mt-5">
      <h3 className="text-xs text-muted">Counted by WhatsApp this month</h3>
      {charges.length === 0 && (
        <p className="mt-1 text-sm text-normal">Nothing yet. It counts what is delivered.</p>
      )}
      <ul className="num mt-1 divide-y divide-line text-sm">
        {charges.map(({ channel, free, paid, cost }) => (
          <li key={channel} className="flex flex-wrap justify-between gap-x-4 py-1.5">
            <span className="font-medium text-strong">{channel}</span>
            <span className="text-normal">
              {free.toLocaleString('en')} of {freeAMonth.toLocaleString('en')} free service messages
              {paid.map(
                ({ category, count }) =>
                  ` · ${count.toLocaleString('en')} charged as ${category.replaceAll('_', ' ')}`,
              )}
              {paid.length > 0 && prices && ` · ${costWords(cost, prices)}`}
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-1 text-xs text-muted">
        {prices
          ? 'Estimated by the prices that were entered here; the bill is WhatsApp’s.'
          : 'What it costs is not known here: WhatsApp’s prices depend on your market, and none were entered.'}
      </p>
      {may.includes('tenant.edit') && (
        <Button size="small" className="mt-2 max-[899px]:h-11" onClick={() => setEntering(true)}>
          {prices ? 'Change prices…' : 'Enter prices…'}
        </Button>
      )}
      {entering && (
        <ChargePricesDialog
          prices={prices}
          counted={charges.flatMap(({ paid }) => paid.map(({ category }) => category))}
          onClose={() => setEntering(false)}
        />
      )}
    </div>
  );
}

const costWords = (cost: number | null, { currency }: ChargePrices) =>
  cost === null
    ? 'no price for some of them'
    : `about ${cost.toLocaleString('en', { style: 'currency', currency })}`;
