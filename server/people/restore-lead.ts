import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { noLead } from './read-lead.ts';
import { recordLeadEvent } from './record-lead-event.ts';

/** Brings back who was deleted. Returns false where they were there all the time. Refuses one that does not exist. */
export async function restoreLead(
  tx: TenantTx,
  { id, actor }: { id: string; actor: UserActor },
): Promise<boolean> {
  const { tenantId, db } = tx;
  const lead = await db.lead.findFirst({
    where: { tenantId, id, mergedInto: null },
    select: { name: true, profileName: true },
  });
  if (!lead) throw noLead();
  const { count } = await db.lead.updateMany({
    where: { tenantId, id, deletedAt: { not: null } },
    data: { deletedAt: null },
  });
  if (count === 0) return false;
  await recordLeadEvent(tx, { leadId: id, kind: 'restored', actor });
  const subject = lead.name ?? lead.profileName ?? 'without a name';
  await recordAudit(tx, { tenantId, actor, action: 'lead.restored', subject });
  await publishEverything(tx);
  return true;
}
