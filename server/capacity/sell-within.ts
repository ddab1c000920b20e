import { type Actor, recordAudit } from '#server/audit/record-audit.ts';
import type { PlatformTx } from '#server/db/as-platform.ts';
import { Refusal } from '#server/refusal.ts';
import { readMeasured } from './measured.ts';
import { holdSelling, readSelling } from './selling.ts';
import { readSold, soldTogether } from './sold.ts';

/**
 * Does what may raise what is sold. Beyond what was measured, times the overcommit, it takes a reason, which goes into
 * the audit log; without one it throws a Refusal "oversold" that says the numbers, and nothing was done. What lowers it,
 * or leaves it as it is, goes whatever was sold before.
 */
export async function sellWithin<T>(
  tx: PlatformTx,
  { why, tenantId, actor }: { why: string | undefined; tenantId: string | null; actor: Actor },
  change: () => Promise<T>,
): Promise<T> {
  await holdSelling(tx);
  const selling = await readSelling(tx);
  const measured = await readMeasured(tx, selling);
  const before = soldTogether(await readSold(tx));
  const result = await change();
  if (!measured) return result;
  const after = soldTogether(await readSold(tx));
  const most = Math.floor(measured.active * selling.overcommit);
  if (after <= Math.max(most, before)) return result;
  if (!why) throw new Refusal('precondition', 'oversold', oversoldWords({ before, after, most }));
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'quota.oversold' },
    details: { reason: why, sold: after, measured: measured.active, overcommit: selling.overcommit },
  });
  return result;
}

function oversoldWords({ before, after, most }: { before: number; after: number; most: number }) {
  const number = (value: number) => value.toLocaleString('en');
  return `This sells more than there is: ${number(after)} active conversations a day, and ${number(most)} may be sold (${number(before)} are). Say why it shall be sold all the same, or measure again.`;
}
