import type { PlatformTx } from '#server/db/as-platform.ts';
import { type QuotaName, readQuotas } from './quotas.ts';

type Spent = { day: string; inbound: number; outbound: number; active: number };

/** What one tenant was sold and granted, and what of it was spent on its today and the last thirty days, newest first. */
export async function readTenantQuotas(tx: PlatformTx, tenantId: string, now: Date) {
  const { db } = tx;
  const [clock] = await db.$queryRaw<{ tierId: string | null; today: string; renewsAt: Date }[]>`
    select tier_id as "tierId",
           usage_day(time_zone, former_time_zone, time_zone_from, ${now}::timestamptz)::text as today,
           usage_renews_at(time_zone, former_time_zone, time_zone_from, ${now}::timestamptz) as "renewsAt"
    from tenants where id = ${tenantId}::uuid`;
  if (!clock) throw new Error('a tenant has a clock');
  const days = await db.$queryRaw<Spent[]>`
    select day::text, sum(inbound)::float8 as inbound, sum(outbound)::float8 as outbound, sum(active)::float8 as active
    from usage where tenant_id = ${tenantId}::uuid and day > ${clock.today}::date - 30 group by day order by day desc`;
  const grants = await db.grant.findMany({
    where: { tenantId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  const yesterday = new Date(Date.parse(clock.today) - 24 * 3600_000).toISOString().slice(0, 10);
  const on = (day: string) =>
    days.find((one) => one.day === day) ?? { day, inbound: 0, outbound: 0, active: 0 };
  return {
    tierId: clock.tierId,
    quotas: await readQuotas({ ...tx, tenantId }, tenantId),
    grants: grants.map(({ quota, value, reason, createdAt, createdBy, expiresAt }) => ({
      ...{ quota: quota as QuotaName, value, reason, createdBy },
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
    })),
    renewsAt: clock.renewsAt.toISOString(),
    today: on(clock.today),
    yesterday: on(yesterday),
    /** Messages in and out. */
    last30Days: days.reduce((sum, { inbound, outbound }) => sum + inbound + outbound, 0),
  };
}
