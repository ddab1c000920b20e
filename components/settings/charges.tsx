import type { ChannelCharges } from '#components/trpc/types.ts';

/** WhatsApp charges nothing for so many service messages of a number in a month. */
const freeAMonth = 1_000;

/** What WhatsApp says that it counted this month, number by number; nothing before it has counted anything. */
export function Charges({ charges }: { charges: ChannelCharges[] }) {
  if (charges.length === 0) return null;
  return (
    <div className="mt-5">
      <h3 className="text-xs text-muted">Counted by WhatsApp this month</h3>
      <ul className="num mt-1 divide-y divide-line text-sm">
        {charges.map(({ channel, free, paid }) => (
          <li key={channel} className="flex flex-wrap justify-between gap-x-4 py-1.5">
            <span className="font-medium text-strong">{channel}</span>
            <span className="text-normal">
              {free.toLocaleString('en')} of {freeAMonth.toLocaleString('en')} free service messages
              {paid.map(
                ({ category, count }) =>
                  ` · ${count.toLocaleString('en')} charged as ${category.replaceAll('_', ' ')}`,
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
