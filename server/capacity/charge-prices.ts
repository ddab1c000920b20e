import { z } from 'zod';
import { type Actor, recordAudit } from '#server/audit/record-audit.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';

/**
 * What a business says that WhatsApp charges it for a message, by category: Meta's rates depend on market and volume and
 * are in no message of its own. `currency` as ISO 4217 writes it; a category without a price is left out.
 */
export const chargePricesForm = z.object({
  currency: z.string().trim().toUpperCase().max(10),
  each: z.record(z.string().regex(/^[a-z_-]{1,40}$/), z.number()),
});
export type ChargePrices = z.output<typeof chargePricesForm>;

const mostEach = 1_000;
/** Meta has a handful. */
const mostCategories = 50;
const currencies = new Set(Intl.supportedValuesOf('currency'));

/** Null where none were entered. */
export async function readChargePrices({ db, tenantId }: TenantTx): Promise<ChargePrices | null> {
  const row = await db.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { chargePrices: true } });
  return row.chargePrices === null ? null : chargePricesForm.parse(row.chargePrices);
}

/** Keeps them in place of those before. Throws Refusal. */
export async function setChargePrices(tx: TenantTx, { currency, each }: ChargePrices, actor: Actor) {
  if (!currencies.has(currency))
    throw new Refusal(
      'bad-input',
      'currency',
      'Write the currency in its three letters, such as EUR or BRL.',
    );
  if (Object.values(each).some((price) => !(price >= 0 && price <= mostEach)))
    throw new Refusal('bad-input', 'price', `Write a price from 0 to ${mostEach.toLocaleString('en')}.`);
  if (Object.keys(each).length > mostCategories)
    throw new Refusal('bad-input', 'price', `There is room for ${mostCategories} categories.`);
  const { db, tenantId } = tx;
  await db.tenant.update({
    where: { id: tenantId },
    data: { chargePrices: { currency, each } },
    select: { id: true },
  });
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'tenant.charge-prices' },
    details: { currency, ...each },
  });
  await publishEverything(tx);
}

/** What these messages cost by the prices; null where one that was charged has none. */
export function costOf(
  paid: { category: string; count: number }[],
  prices: ChargePrices | null,
): number | null {
  if (!prices) return null;
  let cost = 0;
  for (const { category, count } of paid) {
    const price = prices.each[category];
    if (price === undefined) return null;
    cost += price * count;
  }
  return cost;
}
