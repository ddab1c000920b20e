import type { UserActor } from '#server/audit/record-audit.ts';
import { recordAudit } from '#server/audit/record-audit.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import type { BulkView } from './bulk-change.ts';
import { changeMany } from './change-many.ts';
import { countLeads } from './find-leads.ts';
import type { LeadFilter } from './lead-filter.ts';

/**
 * Takes a label from everybody who has it, as a bulk change that can be undone, and deletes it. Answers the change; null
 * where nobody had it. Refuses one that is not there.
 */
export async function deleteLabel(
  tx: TenantTx,
  { id, actor }: { id: string; actor: UserActor },
): Promise<BulkView | null> {
  const { tenantId, db } = tx;
  const label = await db.label.findFirst({ where: { tenantId, id }, select: { name: true } });
  if (!label) throw new Refusal('not-found', 'no-label', 'This label does not exist any more.');
  const filter: LeadFilter = { search: '', join: 'all', conditions: [{ field: 'label', is: [id] }] };
  const change =
    (await countLeads(tx, filter, 1)) === 0
      ? null
      : await changeMany(tx, { deed: { kind: 'unlabel', labelId: id }, who: { filter }, actor });
  await db.label.deleteMany({ where: { tenantId, id } });
  await recordAudit(tx, { tenantId, actor, action: 'lead.label-deleted', subject: label.name });
  await publishEverything(tx);
  return change;
}
