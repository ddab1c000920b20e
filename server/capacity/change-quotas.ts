import { type Actor, recordAudit } from '#server/audit/record-audit.ts';
import type { PlatformTx } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import type { QuotaName } from './quotas.ts';

type Granted = {
  tenantId: string;
  quota: QuotaName;
  value: number;
  reason: string;
  /** Null: until it is taken back. */
  expiresAt: Date | null;
  actor: Actor;
};

/** Lets one tenant have more or less of one quota than its tier says; it replaces what was granted of it before. Throws Refusal. */
export async function grantQuota(tx: PlatformTx, granted: Granted, now = new Date()): Promise<void> {
  const { tenantId, quota, value, reason, expiresAt, actor } = granted;
  if (expiresAt && expiresAt <= now)
    throw new Refusal('bad-input', 'expired', 'Choose a day to come: this grant would be over already.');
  const tenant = await lock(tx, tenantId);
  await revoke(tx, tenantId, quota, now);
  await tx.db.grant.create({
    data: {
      ...{ tenantId, id: newId(), quota, value, reason, expiresAt },
      ...{ createdBy: actor.name, createdAt: now },
    },
  });
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'quota.granted', subject: tenant.name },
    details: { [words[quota]]: value, reason, until: expiresAt?.toISOString().slice(0, 10) ?? null },
  });
  await publishEverything({ db: tx.db, tenantId });
}

/** Takes a grant back: what the tier says counts again. */
export async function revokeGrant(
  tx: PlatformTx,
  { tenantId, quota, actor }: Pick<Granted, 'tenantId' | 'quota' | 'actor'>,
  now = new Date(),
): Promise<void> {
  const tenant = await lock(tx, tenantId);
  if ((await revoke(tx, tenantId, quota, now)) === 0) return;
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'quota.grant-revoked', subject: tenant.name },
    details: { quota: words[quota] },
  });
  await publishEverything({ db: tx.db, tenantId });
}

/** Sells the tenant another tier; null: none, and so no quotas. */
export async function setTier(
  tx: PlatformTx,
  {
    tenantId,
    tierId,
    reason,
    actor,
  }: { tenantId: string; tierId: string | null; reason: string | null; actor: Actor },
): Promise<void> {
  const tenant = await lock(tx, tenantId);
  if (tenant.tierId === tierId) return;
  const tier = tierId === null ? null : await tx.db.tier.findUnique({ where: { id: tierId } });
  if (tierId !== null && !tier) throw new Refusal('not-found', 'no-tier', 'This tier does not exist.');
  await tx.db.tenant.update({ where: { id: tenantId }, data: { tierId }, select: { id: true } });
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'quota.tier-changed', subject: tenant.name },
    details: { tier: `${tenant.tier?.name ?? 'none'} → ${tier?.name ?? 'none'}`, reason },
  });
  await publishEverything({ db: tx.db, tenantId });
}

/** What each quota is called in front of people. */
export const words: Record<QuotaName, string> = {
  leads: 'leads',
  active_conversations: 'active conversations a day',
  messages: 'messages a day',
  peak_rate: 'messages a second',
  burst: 'messages at once',
  members: 'members',
  channels: 'numbers',
  grace: 'grace, percent',
};

async function lock({ db }: PlatformTx, tenantId: string) {
  await db.$queryRaw`select from tenants where id = ${tenantId}::uuid for no key update`;
  const tenant = await db.tenant.findUnique({
    where: { id: tenantId, erasingAt: null },
    select: { name: true, tierId: true, tier: { select: { name: true } } },
  });
  if (!tenant) throw new Refusal('not-found', 'no-tenant', 'Not found.');
  return tenant;
}

const revoke = async ({ db }: PlatformTx, tenantId: string, quota: QuotaName, now: Date) =>
  (await db.grant.updateMany({ where: { tenantId, quota, revokedAt: null }, data: { revokedAt: now } }))
    .count;
