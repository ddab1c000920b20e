import { z } from 'zod';
import type { Actor } from '#server/audit/record-audit.ts';
import { grantQuota, revokeGrant, setTier } from '#server/capacity/change-quotas.ts';
import { type QuotaName, quotaNames } from '#server/capacity/quotas.ts';
import { sellWithin } from '#server/capacity/sell-within.ts';
import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { Refusal } from '#server/refusal.ts';

const tenant = z.object({
  slug: z.string().max(63),
  /** Why more is sold than was measured; asked for where it is. */
  why: z.string().trim().max(300).optional(),
});
const quota = z.enum(quotaNames);

export const tierChange = tenant.extend({
  tierId: z.uuid().nullable(),
  reason: z.string().trim().max(300).default(''),
});
export const grantForm = tenant.extend({
  quota,
  value: z.number(),
  reason: z.string().trim().max(300),
  expiresAt: z.iso.datetime().nullable(),
});
export const grantName = tenant.extend({ quota });

/** Sells a tenant another tier, or none. Throws Refusal, "oversold" where it takes a reason. */
export const changeTier = ({ slug, tierId, reason, why }: z.output<typeof tierChange>, actor: Actor) =>
  selling(slug, why, actor, (tx, tenantId) =>
    setTier(tx, { tenantId, tierId, reason: reason === '' ? null : reason, actor }),
  );

const leasts: Partial<Record<QuotaName, number>> = { peak_rate: 0.001, burst: 1, members: 1 };

/** Throws Refusal, "oversold" where it takes a reason. */
export function grant({ slug, why, expiresAt, ...wanted }: z.output<typeof grantForm>, actor: Actor) {
  const { quota: name, value, reason } = wanted;
  if (reason === '')
    throw new Refusal('bad-input', 'grant-reason', 'Say why: the tenant’s audit log keeps it.');
  const isRate = name === 'peak_rate';
  const [least, most] = [leasts[name] ?? 0, name === 'grace' ? 100 : 1e9];
  if (!(value >= least && value <= most && (isRate || Number.isInteger(value))))
    throw new Refusal(
      'bad-input',
      'grant-value',
      `Write ${isRate ? 'a number' : 'a whole number'} from ${least} to ${most.toLocaleString('en')}.`,
    );
  return selling(slug, why, actor, (tx, tenantId) =>
    grantQuota(tx, {
      ...{ tenantId, quota: name, value, reason, actor },
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
    }),
  );
}

/** Takes a grant back, which sells more where the tier has more. Throws Refusal, "oversold" where it takes a reason. */
export const takeGrantBack = ({ slug, quota: name, why }: z.output<typeof grantName>, actor: Actor) =>
  selling(slug, why, actor, (tx, tenantId) => revokeGrant(tx, { tenantId, quota: name, actor }));

function selling(
  slug: string,
  why: string | undefined,
  actor: Actor,
  change: (tx: PlatformTx, tenantId: string) => Promise<void>,
) {
  return asPlatform(async (tx) => {
    const found = await tx.db.tenant.findUnique({ where: { slug }, select: { id: true } });
    if (!found) throw new Refusal('not-found', 'no-tenant', 'Not found.');
    await sellWithin(tx, { why, tenantId: found.id, actor }, () => change(tx, found.id));
  });
}
