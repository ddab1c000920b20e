import type { PlatformTx } from '#server/db/as-platform.ts';
import type { QuotaName } from './quotas.ts';
import { readUsage } from './read-usage.ts';

const dayLasts = 24 * 3600 * 1000;

/** What one tenant was sold and granted, and what of it was spent on its own days. */
export async function readTenantQuotas(tx: PlatformTx, tenantId: string, now: Date) {
  const { days, ...usage } = await readUsage({ ...tx, tenantId }, now);
  const { tierId } = await tx.db.tenant.findUniqueOrThrow({
    where: { id: tenantId },
    select: { tierId: true },
  });
  const grants = await tx.db.grant.findMany({
    where: { tenantId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  const before = new Date(Date.parse(usage.today.day) - dayLasts).toISOString().slice(0, 10);
  return {
    ...{ ...usage, tierId },
    grants: grants.map(({ quota, value, reason, createdAt, createdBy, expiresAt }) => ({
      // The cast: the table's check lets no other word in.
      ...{ quota: quota as QuotaName, value, reason, createdBy },
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
    })),
    yesterday: days.find(({ day }) => day === before) ?? {
      ...{ day: before, inbound: 0, outbound: 0, active: 0 },
    },
    /** Messages in and out. */
    last30Days: days.reduce((sum, { inbound, outbound }) => sum + inbound + outbound, 0),
  };
}
