import type { TenantTx } from '#server/db/with-tenant.ts';
import { type ChargePrices, costOf, readChargePrices } from './charge-prices.ts';
import { readDayMessages } from './day-messages.ts';
import { countOf } from './demand-room.ts';
import { type Quotas, readQuotas } from './quotas.ts';
import { type Reach, readReach } from './read-reach.ts';

/** What was spent on one of the tenant's days (YYYY-MM-DD). */
export type DayUsage = { day: string; inbound: number; outbound: number; active: number };

export type UsageView = {
  quotas: Quotas;
  today: DayUsage;
  /** ISO time at which a new day begins. */
  renewsAt: string;
  /** The bot's messages that wait for it. */
  held: number;
  leads: number;
  members: number;
  channels: number;
  /** The last 30 days, the oldest first; without those on which nothing was said. */
  days: DayUsage[];
  /** What Meta says that it counted this month, of each number. */
  charges: ChannelCharges[];
  prices: ChargePrices | null;
  /** Who was written to first in the last 24 hours, of each Meta business. */
  reach: Reach[];
};

/**
 * `free`: service messages within the month's free thousand; `paid`: the others, by category. `cost` by the prices that
 * were entered; null where one is missing.
 */
export type ChannelCharges = {
  channel: string;
  free: number;
  paid: { category: string; count: number }[];
  cost: number | null;
};

const shownDays = 30;
// Where counting what is held ends.
const mostHeld = 10_000;

/** What a tenant may spend, what it has spent, and what waits. */
export async function readUsage(tx: TenantTx, now = new Date()): Promise<UsageView> {
  const { db, tenantId } = tx;
  const [day] = await readDayMessages(tx, [tenantId], now);
  const days = await db.$queryRaw<DayUsage[]>`
    select day::text, sum(inbound)::int as inbound, sum(outbound)::int as outbound, sum(active)::int as active
    from usage where tenant_id = ${tenantId}::uuid and day > ${now}::date - ${shownDays}::int
    group by day order by day`;
  const [held] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (
      select from messages where tenant_id = ${tenantId}::uuid and held_at is not null limit ${mostHeld}::int) as held`;
  const today = day?.day ?? '';
  const prices = await readChargePrices(tx);
  return {
    quotas: await readQuotas(tx, tenantId),
    today: days.find((one) => one.day === today) ?? { day: today, inbound: 0, outbound: 0, active: 0 },
    renewsAt: (day?.renewsAt ?? now).toISOString(),
    held: held?.count ?? 0,
    leads: await countOf(tx, 'leads'),
    members: await countOf(tx, 'members'),
    channels: await countOf(tx, 'channels'),
    days,
    charges: await readCharges(tx, today, prices),
    prices,
    reach: await readReach(tx, now),
  };
}

async function readCharges(
  { db, tenantId }: TenantTx,
  today: string,
  prices: ChargePrices | null,
): Promise<ChannelCharges[]> {
  const rows = await db.$queryRaw<{ channel: string; category: string; isFree: boolean; count: number }[]>`
    select ch.name as channel, c.category, c.type <> 'regular' as "isFree", sum(c.count)::int as count
    from charges c join channels ch on ch.tenant_id = c.tenant_id and ch.id = c.channel_id
    where c.tenant_id = ${tenantId}::uuid and c.month = date_trunc('month', ${today}::date)::date
    group by ch.name, ch.id, c.category, c.type <> 'regular' order by ch.name, ch.id, c.category`;
  return [...Map.groupBy(rows, ({ channel }) => channel)].map(([channel, own]) => {
    const paid = own.filter(({ isFree }) => !isFree).map(({ category, count }) => ({ category, count }));
    const free = own.filter(({ isFree }) => isFree).reduce((sum, { count }) => sum + count, 0);
    return { channel, free, paid, cost: costOf(paid, prices) };
  });
}

/** Today's outgoing messages as the shell and the composer need them; null without a quota. */
export type TodayView = { used: number; quota: number; most: number; renewsAt: string } | null;

export async function readToday(tx: TenantTx, now = new Date()): Promise<TodayView> {
  const [day] = await readDayMessages(tx, [tx.tenantId], now);
  if (!day || day.quota === null) return null;
  const { used, quota, grace, renewsAt } = day;
  return { used, quota, most: Math.floor(quota * (1 + grace / 100)), renewsAt: renewsAt.toISOString() };
}
