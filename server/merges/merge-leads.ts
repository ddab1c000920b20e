import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { newId } from '#server/db/id.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import { type Facts, joined } from './joined.ts';
import { holdLeads, nameOf, writeFacts } from './lead-facts.ts';
import type { Moved } from './moved.ts';

/**
 * Makes two leads one. The survivor keeps what it has and gets what it lacks; addresses, notes, consents and timeline
 * become its own, and conversations where it has none on that channel. The others stay beside it. What is needed to
 * undo it is kept. Returns the merge's id.
 */
export async function mergeLeads(
  tx: TenantTx,
  { survivorId, mergedId, actor }: { survivorId: string; mergedId: string; actor: UserActor },
): Promise<{ id: string }> {
  if (survivorId === mergedId)
    throw new Refusal('bad-input', 'same-lead', 'This is one lead already. Choose another one.');
  const [survivor, merged] = await holdLeads(tx, survivorId, mergedId);
  if (survivor.gone || merged.gone)
    throw new Refusal('conflict', 'lead-gone', 'One of these leads was deleted or merged meanwhile.');
  const { tenantId, db } = tx;
  const before = survivor.facts;
  const after = joined(before, merged.facts);
  const moved: Moved = { ...(await move(tx, survivorId, mergedId)), before, after };
  await writeFacts(tx, survivorId, after);
  await db.lead.update({
    where: { tenantId_id: { tenantId, id: mergedId } },
    data: { mergedInto: survivorId },
    select: { id: true },
  });
  const id = newId();
  await db.merge.create({
    data: { tenantId, id, survivorId, mergedId, moved, actorId: actor.userId, actorName: actor.name },
    select: { id: true },
  });
  const names = { survivor: nameOf(before), merged: nameOf(merged.facts) };
  await db.leadEvent.create({
    data: {
      ...{ tenantId, id: newId(), leadId: survivorId, kind: 'merged', detail: { name: names.merged } },
      ...{ actorId: actor.userId, actorName: actor.name },
    },
    select: { id: true },
  });
  await recordAudit(tx, {
    ...{ tenantId, actor, action: 'lead.merged', subject: names.survivor },
    details: { with: names.merged },
  });
  await publishEverything(tx);
  return { id };
}

/** Conversations first, in the order in which an incoming message takes them. */
async function move({ tenantId, db }: TenantTx, survivorId: string, mergedId: string) {
  const [row] = await db.$queryRaw<Omit<Moved, keyof { before: Facts; after: Facts }>[]>`
    with conversation as (
      update conversations c set lead_id = ${survivorId}::uuid
      where c.tenant_id = ${tenantId}::uuid and c.lead_id = ${mergedId}::uuid and not exists (
        select from conversations s where s.tenant_id = c.tenant_id and s.lead_id = ${survivorId}::uuid
          and s.channel_id = c.channel_id)
      returning id
    ), address as (
      update addresses set lead_id = ${survivorId}::uuid
      where tenant_id = ${tenantId}::uuid and lead_id = ${mergedId}::uuid returning id
    ), note as (
      update lead_notes set lead_id = ${survivorId}::uuid
      where tenant_id = ${tenantId}::uuid and lead_id = ${mergedId}::uuid returning id
    ), word as (
      update consents set lead_id = ${survivorId}::uuid
      where tenant_id = ${tenantId}::uuid and lead_id = ${mergedId}::uuid returning id
    ), happening as (
      update lead_events set lead_id = ${survivorId}::uuid
      where tenant_id = ${tenantId}::uuid and lead_id = ${mergedId}::uuid returning id
    ), follower as (
      -- Who was merged into the one that goes follows it.
      update leads set merged_into = ${survivorId}::uuid
      where tenant_id = ${tenantId}::uuid and merged_into = ${mergedId}::uuid returning id
    )
    select array(select id from conversation) as conversations, array(select id from address) as addresses,
           array(select id from note) as notes, array(select id from word) as consents,
           array(select id from happening) as events, array(select id from follower) as followers`;
  return row ?? { conversations: [], addresses: [], notes: [], consents: [], events: [], followers: [] };
}
