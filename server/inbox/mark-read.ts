import type { TenantTx } from '#server/db/with-tenant.ts';
import { publish } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';

/**
 * Notes how many of the lead's messages a member has seen. Never goes back, never beyond what there is; two tabs that
 * tell it in any order leave the higher one.
 */
export async function markRead(
  tx: TenantTx,
  { conversationId, userId, count }: { conversationId: string; userId: string; count: number },
) {
  const { tenantId } = tx;
  if (
    !(await tx.db.conversation.findFirst({ where: { tenantId, id: conversationId }, select: { id: true } }))
  )
    throw new Refusal('not-found', 'no-conversation', 'This conversation does not exist.');
  const changed = await tx.db.$executeRaw`
    insert into read_marks (tenant_id, conversation_id, user_id, read_count)
    select c.tenant_id, c.id, ${userId}::uuid, least(${count}::int, c.inbound_count) from conversations c
    where c.tenant_id = ${tenantId}::uuid and c.id = ${conversationId}::uuid
    on conflict (tenant_id, conversation_id, user_id)
    do update set read_count = excluded.read_count, at = now() where read_marks.read_count < excluded.read_count`;
  if (changed > 0) await publish(tx, [{ tenantId, conversationId }]);
}
