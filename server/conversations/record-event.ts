import type { BatchTx } from '#server/db/as-batch.ts';
import { newId } from '#server/db/id.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';

/** What happens to a conversation besides messages. */
export type EventKind =
  | 'taken-over'
  | 'handed-over'
  | 'handed-back'
  | 'assigned'
  | 'closed'
  | 'reopened'
  | 'returned'
  | 'opted-out'
  | 'opted-in'
  | 'blocked'
  | 'unblocked';

export type ConversationEvent = {
  tenantId: string;
  conversationId: string;
  at: Date;
  kind: EventKind;
  actorId: string | null;
  detail: string | null;
};

/** Adds lines to conversations' histories. */
export async function recordEvents(tx: TenantTx | BatchTx, events: ConversationEvent[]) {
  if (events.length === 0) return;
  await tx.db.$executeRaw`
    insert into conversation_events (tenant_id, id, conversation_id, at, kind, actor_id, detail)
    select * from unnest(
      ${events.map((event) => event.tenantId)}::uuid[], ${events.map(() => newId())}::uuid[],
      ${events.map((event) => event.conversationId)}::uuid[], ${events.map((event) => event.at)}::timestamptz[],
      ${events.map((event) => event.kind)}::text[], ${events.map((event) => event.actorId)}::uuid[],
      ${events.map((event) => event.detail)}::text[])`;
}
