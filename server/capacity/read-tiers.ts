import { roomFor } from '#load/model/sold.ts';
import type { PlatformTx } from '#server/db/as-platform.ts';
import type { Measured } from './measured.ts';
import type { Selling } from './selling.ts';
import { readSold, readUsedYesterday, soldTogether } from './sold.ts';
import { driftOf, isModelled, modelOf } from './tier-drift.ts';

/** Every tier with who has it, what that sells, what of it was used yesterday, and how many more there is room for. */
export async function readTiers(tx: PlatformTx, selling: Selling, measured: Measured | undefined, now: Date) {
  const kept = await tx.db.tier.findMany({
    omit: { createdAt: true },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  });
  const rows = await readSold(tx);
  const used = new Map((await readUsedYesterday(tx, now)).map((row) => [row.tierId, row.used]));
  const sold = soldTogether(rows);
  const of = (tierId: string | null) => {
    const { tenants, sold: active, unlimited } = rows.find((row) => row.tierId === tierId) ?? nobody;
    return { tenants, sold: active, unlimited, used: used.get(tierId) ?? 0 };
  };
  const tiers = kept.map((tier) => {
    const model = modelOf(tier, measured?.rate, selling.assumptions);
    const drift = measured && isModelled(tier.name) ? driftOf(tier, model) : [];
    const each = tier.activeConversations;
    const room =
      measured && each
        ? roomFor({ measured: measured.active, sold, overcommit: selling.overcommit }, each)
        : null;
    return { ...tier, ...of(tier.id), room, model: model ?? null, drift };
  });
  return { tiers, without: of(null), sold, used: [...used.values()].reduce((sum, one) => sum + one, 0) };
}

/** For choosing one. */
export async function readTierNames({ db }: PlatformTx) {
  const tiers = await db.tier.findMany({
    select: { id: true, name: true, activeConversations: true, messages: true },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  });
  const selling = await db.selling.findUniqueOrThrow({ where: { id: 1 }, select: { defaultTierId: true } });
  return { tiers, defaultTierId: selling.defaultTierId };
}

const nobody = { tenants: 0, sold: 0, unlimited: 0 };
