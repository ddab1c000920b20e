import Link from 'next/link';
import { buttonClass } from '#components/ui/button.tsx';
import { soldShare } from '#load/model/sold.ts';
import { Card, Cell, Head, RowHead, rowClass, TableBox } from './card.tsx';
import type { CapacityView } from './queries.ts';
import { count, percent, tenants as tenantWords } from './words.ts';

/** On phones the room of a tier stands below its name. */
const wide = 'max-[639px]:hidden';

/** What was sold of what was measured, tier by tier, and what of it was used. */
export function SoldCard({ view }: { view: CapacityView }) {
  const { measured, selling, tiers, without, sold, used } = view;
  const most = measured ? Math.floor(measured.active * selling.overcommit) : null;
  const times = selling.overcommit === 1 ? '' : `, sold ${selling.overcommit} times`;
  const together = tiers.reduce((sum, tier) => sum + tier.tenants, without.tenants);
  return (
    <Card
      title="Sold, used, free"
      note={
        measured
          ? `Active conversations a day, of ${count(measured.active)}${times}`
          : 'Active conversations a day; how many there are to sell is not measured yet'
      }
      action={
        <Link href="/admin/capacity/tiers" className={buttonClass('ghost', 'small')}>
          Edit tiers
        </Link>
      }
    >
      {most !== null && <Bar {...{ most, sold, used }} />}
      <div className="mt-4">
        <TableBox label="By tier">
          <table className="w-full text-sm">
            <thead>
              <tr className="border-b border-line">
                <Head>Tier</Head>
                <Head end>Tenants</Head>
                <Head end>Sold a day</Head>
                <Head end>Used</Head>
                <Head end className={wide}>
                  Room for
                </Head>
              </tr>
            </thead>
            <tbody>
              {tiers.map((tier) => (
                <tr key={tier.id} className="border-b border-line">
                  <RowHead>
                    {tier.name}{' '}
                    <span className="font-normal whitespace-nowrap text-muted">
                      {tier.activeConversations === null
                        ? 'no limit'
                        : `${count(tier.activeConversations)} each`}
                    </span>
                    {tier.room !== null && (
                      <span className="block text-xs font-normal text-muted min-[640px]:hidden">
                        Room for {count(tier.room)} more
                      </span>
                    )}
                  </RowHead>
                  <Cell end>{count(tier.tenants)}</Cell>
                  <Cell end>{count(tier.sold)}</Cell>
                  <Cell end>
                    <Used used={tier.used} sold={tier.sold} />
                  </Cell>
                  <Cell end className={wide}>
                    {tier.room === null ? '–' : `or ${count(tier.room)} more`}
                  </Cell>
                </tr>
              ))}
              {without.tenants > 0 && (
                <tr className="border-b border-line">
                  <RowHead>
                    No tier <span className="font-normal text-muted">no limit</span>
                  </RowHead>
                  <Cell end>{count(without.tenants)}</Cell>
                  <Cell end>{count(without.sold)}</Cell>
                  <Cell end>
                    <Used used={without.used} sold={without.sold} />
                  </Cell>
                  <Cell end className={wide}>
                    –
                  </Cell>
                </tr>
              )}
              <tr className={rowClass}>
                <RowHead className="font-semibold">Together</RowHead>
                <Cell end className="font-semibold text-strong">
                  {count(together)}
                </Cell>
                <Cell end className="font-semibold text-strong">
                  {count(sold)}
                </Cell>
                <Cell end className="font-semibold text-strong">
                  <Used used={used} sold={sold} />
                </Cell>
                <Cell className={wide} />
              </tr>
            </tbody>
          </table>
        </TableBox>
      </div>
      {most !== null && soldShare({ measured: most, sold, overcommit: 1 }) > 1 && (
        <p className="num mt-3 text-sm text-warning">
          {count(sold - most)} more are sold than there are. Move tenants to smaller tiers, or measure again
          on a larger machine.
        </p>
      )}
      <Unlimited view={view} />
    </Card>
  );
}

function Used({ used, sold }: { used: number; sold: number }) {
  return (
    <>
      {count(used)}{' '}
      <span className="inline-block w-11 font-normal text-muted">{sold > 0 ? percent(used / sold) : ''}</span>
    </>
  );
}

function Unlimited({ view: { tiers, without } }: { view: CapacityView }) {
  const many = tiers.reduce((sum, { unlimited }) => sum + unlimited, without.unlimited);
  if (many === 0) return null;
  return (
    <p className="num mt-3 text-sm text-normal">
      {tenantWords(many)} may have as many as {many === 1 ? 'it likes' : 'they like'}, which nobody has
      reckoned with here: give {many === 1 ? 'it' : 'them'} a tier.
    </p>
  );
}

function Bar({ most, sold, used }: { most: number; sold: number; used: number }) {
  const unused = Math.max(0, sold - used);
  const free = Math.max(0, most - sold);
  const width = (value: number) => ({ width: `${Math.min(100, (value / Math.max(most, sold)) * 100)}%` });
  return (
    <>
      <div
        role="img"
        aria-label={`Of ${count(most)}: used ${count(used)}, sold but not used ${count(unused)}, free ${count(free)}`}
        className="flex h-6 gap-0.5 overflow-hidden rounded-sm bg-surface-2"
      >
        <span className="h-full bg-chart-1" style={width(used)} />
        <span className="h-full bg-chart-2" style={width(unused)} />
      </div>
      <p className="num mt-2 flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
        <span className="flex items-center gap-1.5">
          <span className="size-2.5 rounded-[2px] bg-chart-1" />
          Used yesterday {count(used)}
        </span>
        <span className="flex items-center gap-1.5">
          <span className="size-2.5 rounded-[2px] bg-chart-2" />
          Sold, not used {count(unused)}
        </span>
        <span className="flex items-center gap-1.5">
          <span className="size-2.5 rounded-[2px] border border-line-strong bg-surface-2" />
          Free {count(free)}
        </span>
      </p>
    </>
  );
}
