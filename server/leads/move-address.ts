import type { BatchTx } from '#server/db/as-batch.ts';
import { matchKey } from './match-key.ts';
import { addressKeys, holdKeys, type Writer } from './resolve-leads.ts';

/**
 * Somebody has another number: what was their address becomes the new one, so that they stay the same lead, are written
 * to there, and whoever gets the old number one day is somebody else. Where the new number is another lead's already,
 * nothing moves: these two are for a person to merge.
 */
export async function moveAddress(tx: BatchTx, writer: Writer, formerPhone: string) {
  const to = addressKeys(writer).find(({ kind }) => kind === 'phone');
  if (!to) return;
  await holdKeys(tx, [to]);
  await tx.db.$executeRaw`
    update addresses set value = ${to.value}, raw = ${to.raw}
    where tenant_id = ${to.tenantId}::uuid and kind = 'phone' and scope = '' and value = ${matchKey(formerPhone)}
      and not exists (select from addresses where tenant_id = ${to.tenantId}::uuid and kind = 'phone' and scope = ''
                        and value = ${to.value})`;
}
