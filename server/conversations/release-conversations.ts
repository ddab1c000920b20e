import type { TenantTx } from '#server/db/with-tenant.ts';
import { recordEvents } from './record-event.ts';

/**
 * Gives everything that a member holds back to the team, because they are a member no longer: nobody answers it until
 * somebody takes it over. Closed conversations too, silently, or they would open for somebody who is gone. The history
 * of the open ones names who held them. Returns the ids of all, and how many are open.
 */
export async function releaseConversations(tx: TenantTx, userId: string, name: string) {
  const { tenantId } = tx;
  const at = new Date();
  const released = await tx.db.$queryRaw<{ id: string; open: boolean }[]>`
    update conversations set holder = 'nobody', assignee_id = null, held_since = ${at}::timestamptz
    where tenant_id = ${tenantId}::uuid and holder = 'member' and assignee_id = ${userId}::uuid
    returning id, open`;
  const open = released.filter((conversation) => conversation.open);
  await recordEvents(
    tx,
    open.map(({ id }) => ({
      ...{ tenantId, conversationId: id, at, kind: 'returned', actorId: null, detail: name },
    })),
  );
  return { ids: released.map(({ id }) => id), open: open.length };
}
