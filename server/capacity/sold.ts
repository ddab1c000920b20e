import type { PlatformTx } from '#server/db/as-platform.ts';
import { Prisma } from '#server/db/sql.ts';

/** Of one tier, or of those without any (null). */
export type SoldByTier = {
  tierId: string | null;
  tenants: number;
  /** Active conversations a day, all their quotas together. */
  sold: number;
  /** How many of them may have as many as they like. */
  unlimited: number;
};

/** Tenants whose rooms are to be had again; what is about to be erased has been given back. */
export const sellsTo = Prisma.sql`t.erasing_at is null and t.delete_after is null`;

/** What tenants have been sold, grants included. */
export const readSold = ({ db }: PlatformTx): Promise<SoldByTier[]> =>
  db.$queryRaw<SoldByTier[]>`
    select q.tier_id as "tierId", count(*)::int as tenants, coalesce(sum(q.active_conversations), 0)::float8 as sold,
           count(*) filter (where q.active_conversations is null)::int as unlimited
    from tenant_quotas q join tenants t on t.id = q.tenant_id where ${sellsTo} group by q.tier_id`;

export const soldTogether = (rows: readonly SoldByTier[]): number =>
  rows.reduce((sum, { sold }) => sum + sold, 0);

/** What was active on each tenant's yesterday, by tier. */
export const readUsedYesterday = ({ db }: PlatformTx, now: Date) =>
  db.$queryRaw<{ tierId: string | null; used: number }[]>`
    select t.tier_id as "tierId", sum(u.active)::float8 as used from usage u join tenants t on t.id = u.tenant_id
    where ${sellsTo} and ${yesterdayOf(now)} group by t.tier_id`;

/** The rows `u` of usage that are of the yesterday of their tenant `t`; the first part is for the index. */
export const yesterdayOf = (now: Date) => Prisma.sql`
  u.day between (${now}::timestamptz at time zone 'UTC')::date - 2 and (${now}::timestamptz at time zone 'UTC')::date
  and u.day = usage_day(t.time_zone, t.former_time_zone, t.time_zone_from, ${now}::timestamptz) - 1`;
