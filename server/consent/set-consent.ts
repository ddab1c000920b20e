import { recordAudit, type UserActor } from '#server/audit/record-audit.ts';
import { noteConsents } from '#server/conversations/note-consents.ts';
import { newId } from '#server/db/id.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { publish } from '#server/realtime/publish.ts';
import { nameOf } from './name-of.ts';

/** A member notes what a lead told them otherwise. `proof`: where and how they said it, for whoever asks one day. */
export async function setConsent(
  tx: TenantTx,
  { leadId, state, proof, actor }: { leadId: string; state: 'in' | 'out'; proof: string; actor: UserActor },
  now = new Date(),
): Promise<void> {
  const { tenantId } = tx;
  const subject = await nameOf(tx, leadId);
  const touched = await noteConsents(
    tx,
    [{ ...{ tenantId, id: newId(), leadId, at: now, state, proof, actor }, source: 'hand' }],
    now,
  );
  const action = state === 'out' ? 'lead.opted-out' : 'lead.opted-in';
  await recordAudit(tx, { tenantId, actor, action, subject, details: { words: proof.slice(0, 500) } });
  await enqueue(tx, 'deliver', await waitingBehind(tx, touched));
  await publish(tx, touched);
}

/** Where what was taken back stood in front of something else. */
function waitingBehind({ db, tenantId }: TenantTx, touched: { conversationId: string }[]) {
  return db.$queryRaw<{ tenantId: string; conversationId: string; channelId: string }[]>`
    select c.tenant_id as "tenantId", c.id as "conversationId", c.channel_id as "channelId" from conversations c
    where c.tenant_id = ${tenantId}::uuid and c.id = any(${touched.map((one) => one.conversationId)}::uuid[])
      and exists (select from outbox o where o.tenant_id = c.tenant_id and o.conversation_id = c.id)`;
}
