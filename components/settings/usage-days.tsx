import type { UsageDay } from '#components/trpc/types.ts';

const shown = 30;

/** Sent messages a day as bars, against the quota where there is one; the same as a table for who would rather read. */
export function UsageDays({ days, quota, today }: { days: UsageDay[]; quota: number | null; today: string }) {
  const byDay = new Map(days.map((day) => [day.day, day]));
  const all = lastDays(today, shown).map(
    (day) => byDay.get(day) ?? { day, inbound: 0, outbound: 0, active: 0 },
  );
  const highest = Math.max(1, quota ?? 0, ...all.map(({ outbound }) => outbound));
  const said = all.filter((day) => day.inbound + day.outbound > 0).toReversed();
  if (said.length === 0) return null;
  return (
    <figure className="mt-5">
      <figcaption className="text-xs text-muted">
        Messages sent a day, the last {shown} days{quota !== null && '; the line is the quota'}
      </figcaption>
      <div aria-hidden="true" className="relative mt-2 flex h-24 items-end gap-px border-b border-line">
        {quota !== null && (
          <span
            className="absolute inset-x-0 border-t border-dashed border-line-strong"
            style={{ bottom: `${(100 * quota) / highest}%` }}
          />
        )}
        {all.map(({ day, outbound }) => (
          <span
            key={day}
            title={`${dayWords(day)}: ${outbound.toLocaleString('en')}`}
            className="min-h-px flex-1 rounded-t-sm bg-accent"
            style={{ height: `${(100 * outbound) / highest}%` }}
          />
        ))}
      </div>
      <details className="mt-2 text-sm">
        <summary className="cursor-pointer text-accent-text">As a table</summary>
        <div className="mt-2 max-h-64 overflow-auto">
          <table className="num w-full text-end">
            <thead className="text-xs text-muted">
              <tr>
                {['Day', 'Came in', 'Sent', 'Active conversations'].map((head) => (
                  <th key={head} scope="col" className="py-1 font-normal first:text-start">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {said.map(({ day, inbound, outbound, active }) => (
                <tr key={day} className="border-t border-line text-normal">
                  <th scope="row" className="py-1 text-start font-normal">
                    {dayWords(day)}
                  </th>
                  {[inbound, outbound, active].map((count, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the columns stay where they are.
                    <td key={index} className="py-1">
                      {count.toLocaleString('en')}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** The day and those before it, as YYYY-MM-DD, the oldest first. */
function lastDays(last: string, count: number): string[] {
  const end = Date.parse(`${last}T00:00:00Z`);
  return Array.from({ length: count }, (_, index) =>
    new Date(end - (count - 1 - index) * 86_400_000).toISOString().slice(0, 10),
  );
}

const dayWords = (day: string) =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    ...{ timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' },
  });
