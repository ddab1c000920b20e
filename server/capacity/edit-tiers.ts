import { type Actor, recordAudit } from '#server/audit/record-audit.ts';
import type { PlatformTx } from '#server/db/as-platform.ts';
import { newId } from '#server/db/id.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import { sellWithin } from './sell-within.ts';
import { checkTier, type TierForm } from './tier-form.ts';

/** A new tier, behind the others. Nobody has it yet, so nothing is sold. Throws Refusal. */
export async function addTier(tx: PlatformTx, form: TierForm, actor: Actor): Promise<{ id: string }> {
  const tier = checkTier(form);
  await demandFreeName(tx, tier.name, undefined);
  const { _max } = await tx.db.tier.aggregate({ _max: { position: true } });
  const id = newId();
  await tx.db.tier.create({ data: { id, position: (_max.position ?? 0) + 1, ...tier } });
  await recordAudit(tx, {
    ...{ tenantId: null, actor, action: 'capacity.tier-added', subject: tier.name },
    details: quotasOf(tier),
  });
  return { id };
}

/** Whoever has it gets what it says now, at once. Beyond what was measured it takes `why`. Throws Refusal. */
export async function editTier(
  tx: PlatformTx,
  { id, why, ...form }: TierForm & { id: string; why?: string | undefined },
  actor: Actor,
): Promise<void> {
  const tier = checkTier(form);
  await sellWithin(tx, { why, tenantId: null, actor }, async () => {
    const before = await lockTier(tx, id);
    await demandFreeName(tx, tier.name, id);
    await tx.db.tier.update({ where: { id }, data: tier, select: { id: true } });
    const was = quotasOf(before);
    const changed = Object.entries(quotasOf(tier)).filter(([name, value]) => was[name] !== value);
    await recordAudit(tx, {
      ...{ tenantId: null, actor, action: 'capacity.tier-changed', subject: tier.name },
      details: Object.fromEntries(
        changed.map(([name, value]) => [name, `${was[name] ?? 'no limit'} → ${value ?? 'no limit'}`]),
      ),
    });
    for (const tenant of await tx.db.tenant.findMany({ where: { tierId: id }, select: { id: true } }))
      await publishEverything({ db: tx.db, tenantId: tenant.id });
  });
}

/** Only one that no tenant has. Throws Refusal. */
export async function deleteTier(tx: PlatformTx, id: string, actor: Actor): Promise<void> {
  const { name } = await lockTier(tx, id);
  const tenants = await tx.db.tenant.count({ where: { tierId: id } });
  if (tenants > 0)
    throw new Refusal(
      'conflict',
      'tier-sold',
      `${tenants === 1 ? 'One tenant has' : `${tenants.toLocaleString('en')} tenants have`} this tier. Give them another one first: the list of tenants can be narrowed to it.`,
    );
  await tx.db.tier.delete({ where: { id }, select: { id: true } });
  await recordAudit(tx, { tenantId: null, actor, action: 'capacity.tier-deleted', subject: name });
}

/** One place up or down in the list; at its end it stays. */
export async function moveTier(tx: PlatformTx, { id, by }: { id: string; by: -1 | 1 }): Promise<void> {
  const tiers = await tx.db.$queryRaw<{ id: string }[]>`
    select id from tiers order by position, id for no key update`;
  const ids = tiers.map((tier) => tier.id);
  const place = ids.indexOf(id);
  const neighbour = ids[place + by];
  if (place < 0 || neighbour === undefined) return;
  [ids[place + by], ids[place]] = [id, neighbour];
  for (const [index, one] of ids.entries())
    await tx.db.tier.update({ where: { id: one }, data: { position: index + 1 }, select: { id: true } });
}

async function lockTier({ db }: PlatformTx, id: string) {
  await db.$queryRaw`select from tiers where id = ${id}::uuid for update`;
  const tier = await db.tier.findUnique({ where: { id } });
  if (!tier) throw new Refusal('not-found', 'no-tier', 'This tier does not exist any more.');
  return tier;
}

async function demandFreeName({ db }: PlatformTx, name: string, id: string | undefined) {
  const [taken] = await db.$queryRaw<{ id: string }[]>`
    select id from tiers where lower(name) = lower(${name})`;
  if (taken && taken.id !== id)
    throw new Refusal('conflict', 'tier-name', `Another tier is called ${name}. Choose another name.`);
}

type Details = Record<string, string | number | null>;
const quotasOf = ({ name, leads, activeConversations, messages, ...more }: TierForm): Details => {
  const { peakRate, burst, members, channels, grace } = more;
  return { name, leads, activeConversations, messages, peakRate, burst, members, channels, grace };
};
