import type { BatchTx } from '#server/db/as-batch.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';

/** A tenant's outgoing messages today: how many it may send, by how many percent a member may go beyond, and when a new day begins. */
export type DayMessages = {
  tenantId: string;
  /** Today, in the tenant's zone: YYYY-MM-DD. */
  day: string;
  used: number;
  /** Null: as many as it likes. */
  quota: number | null;
  grace: number;
  renewsAt: Date;
  timeZone: string;
};

// What transactions that nobody sees yet may add meanwhile, each so many. Nearer to the quota than this, or with more,
// they come one after the other.
const margin = 5_000;
const many = 250;

/** What today's messages are at, of each of these tenants. */
export async function readDayMessages(
  { db }: TenantTx | BatchTx,
  tenantIds: string[],
  now: Date,
): Promise<DayMessages[]> {
  return db.$queryRaw<DayMessages[]>`
    select q.tenant_id as "tenantId", q.messages as quota, q.grace, t.time_zone as "timeZone",
           usage_day(t.time_zone, t.former_time_zone, t.time_zone_from, ${now}::timestamptz)::text as day,
           usage_renews_at(t.time_zone, t.former_time_zone, t.time_zone_from, ${now}::timestamptz) as "renewsAt",
           (select coalesce(sum(u.outbound), 0)::int from usage u where u.tenant_id = q.tenant_id
              and u.day = usage_day(t.time_zone, t.former_time_zone, t.time_zone_from, ${now}::timestamptz)) as used
    from tenant_quotas q join tenants t on t.id = q.tenant_id
    where q.tenant_id = any(${tenantIds}::uuid[])`;
}

/**
 * The same for whoever is about to send so many of each tenant's: near the quota the transaction then holds the
 * tenant's count until it ends, so that two that each fit cannot go beyond it together.
 */
export async function holdDayMessages(
  tx: TenantTx | BatchTx,
  wanted: ReadonlyMap<string, number>,
  now: Date,
): Promise<Map<string, DayMessages>> {
  const read = await readDayMessages(tx, [...wanted.keys()], now);
  const near = read.filter(({ tenantId, used, quota }) => {
    const more = wanted.get(tenantId) ?? 0;
    return quota !== null && (more > many || used + more > quota - margin);
  });
  const ids = near.map(({ tenantId }) => tenantId).toSorted();
  if (ids.length > 0) {
    await tx.db.$queryRaw`
      select pg_advisory_xact_lock(hashtextextended('day-messages ' || id, 0))::text
      from (select unnest(${ids}::text[]) as id) as held`;
    read.push(...(await readDayMessages(tx, ids, now)));
  }
  // What was read under the lock comes last, and counts.
  return new Map(read.map((one) => [one.tenantId, one]));
}

/** How many more may go, the bot's or a member's. */
export function roomOf({ used, quota, grace }: DayMessages, author: 'bot' | 'member'): number {
  if (quota === null) return Number.POSITIVE_INFINITY;
  const most = author === 'member' ? Math.floor(quota * (1 + grace / 100)) : quota;
  return Math.max(0, most - used);
}

/** A member's message that would be one too many is refused; it holds the count when it is near. */
export async function demandDayMessage(tx: TenantTx, now: Date): Promise<void> {
  const { tenantId } = tx;
  const day = (await holdDayMessages(tx, new Map([[tenantId, 1]]), now)).get(tenantId);
  if (!day || roomOf(day, 'member') > 0) return;
  throw new Refusal('too-many', 'quota-messages', usedUpWords(day));
}

/** Names the quota, what is used, how many there are, and when it renews. */
export function usedUpWords({ used, quota, renewsAt, timeZone }: DayMessages): string {
  const number = (value: number | null) => (value ?? 0).toLocaleString('en');
  const time = renewsAt.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  return `The quota of messages a day is used up: ${number(used)} of ${number(quota)} went out today. It renews at ${time} (${timeZone}). An owner can ask for more under Settings.`;
}
