import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { newId } from '#server/db/id.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import { parted } from './joined.ts';
import { holdLeads, nameOf, writeFacts } from './lead-facts.ts';
import { type Moved, movedForm } from './moved.ts';

/**
 * Takes a merge apart: each lead has its own again. What somebody changed at the survivor since stays there; `kept` names
 * it in words. Refuses where it cannot: the other lead is gone, or the survivor was merged itself.
 */
export async function undoMerge(
  tx: TenantTx,
  { id, actor }: { id: string; actor: UserActor },
): Promise<{ kept: string[] }> {
  const { tenantId, db } = tx;
  const merge = await db.merge.findFirst({ where: { tenantId, id } });
  if (!merge) throw new Refusal('not-found', 'no-merge', 'This merge does not exist.');
  const { survivorId, mergedId } = merge;
  const parts = movedForm.safeParse(merge.moved);
  const known = await db.lead.count({ where: { tenantId, id: { in: [survivorId, mergedId] } } });
  if (known < 2 || !parts.success)
    throw new Refusal('conflict', 'lead-gone', 'One of these leads is gone for good: it stays as it is.');
  const [survivor, merged] = await holdLeads(tx, survivorId, mergedId);
  const [{ undone } = { undone: true }] = await db.$queryRaw<{ undone: boolean }[]>`
    select undone_at is not null as undone from merges where tenant_id = ${tenantId}::uuid and id = ${id}::uuid for update`;
  if (undone) throw new Refusal('conflict', 'undone', 'This merge was taken back already.');
  if (merged.mergedInto !== survivorId)
    throw new Refusal(
      'conflict',
      'merged-again',
      'They were merged again since, with somebody else. Take that merge back first.',
    );
  const moved = parts.data;
  const { survivor: facts, kept } = parted(survivor.facts, moved.before, moved.after);
  await moveBack(tx, mergedId, survivorId, moved);
  await writeFacts(tx, survivorId, facts);
  const saidSince = survivor.facts.consent === 'out' && moved.after.consent !== 'out';
  await db.lead.update({
    where: { tenantId_id: { tenantId, id: mergedId } },
    data: { mergedInto: null, ...(saidSince && { consent: 'out' }) },
    select: { id: true },
  });
  await db.merge.update({
    where: { tenantId_id: { tenantId, id } },
    data: { undoneAt: new Date() },
    select: { id: true },
  });
  const names = [nameOf(facts), nameOf(merged.facts)] as const;
  await db.leadEvent.createMany({
    data: [
      { leadId: survivorId, name: names[1] },
      { leadId: mergedId, name: names[0] },
    ].map(({ leadId, name }) => ({
      ...{ tenantId, id: newId(), leadId, kind: 'split', detail: { name } },
      ...{ actorId: actor.userId, actorName: actor.name },
    })),
  });
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'lead.split', subject: names[0] },
    details: { from: names[1] },
  });
  await publishEverything(tx);
  return { kept };
}

async function moveBack({ tenantId, db }: TenantTx, mergedId: string, survivorId: string, moved: Moved) {
  const { conversations, addresses, notes, consents, events, followers } = moved;
  await db.$executeRaw`
    with conversation as (
      update conversations set lead_id = ${mergedId}::uuid
      where tenant_id = ${tenantId}::uuid and lead_id = ${survivorId}::uuid and id = any(${conversations}::uuid[])
    ), address as (
      update addresses set lead_id = ${mergedId}::uuid
      where tenant_id = ${tenantId}::uuid and lead_id = ${survivorId}::uuid and id = any(${addresses}::uuid[])
    ), note as (
      update lead_notes set lead_id = ${mergedId}::uuid
      where tenant_id = ${tenantId}::uuid and lead_id = ${survivorId}::uuid and id = any(${notes}::uuid[])
    ), word as (
      update consents set lead_id = ${mergedId}::uuid
      where tenant_id = ${tenantId}::uuid and lead_id = ${survivorId}::uuid and id = any(${consents}::uuid[])
    ), happening as (
      update lead_events set lead_id = ${mergedId}::uuid
      where tenant_id = ${tenantId}::uuid and lead_id = ${survivorId}::uuid and id = any(${events}::uuid[])
    )
    update leads set merged_into = ${mergedId}::uuid
    where tenant_id = ${tenantId}::uuid and merged_into = ${survivorId}::uuid and id = any(${followers}::uuid[])`;
}
