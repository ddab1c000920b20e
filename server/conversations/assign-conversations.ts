import type { TenantTx } from '#server/db/with-tenant.ts';
import { recordEvents } from './record-event.ts';
import { assertStillMember, type HolderKind, withdrawBotMessages } from './take-over.ts';

/** A conversation that changed hands, and who held it before. */
export type Handed = { id: string; leadId: string; holder: HolderKind; assigneeId: string | null };

type To = { userId: string; name: string; actorId: string; now: Date };

/**
 * Gives the open conversations of these leads to a member, as if they had taken each over: what the bot had queued there
 * is withdrawn. The history names who gave and who got. Returns those that somebody else held.
 */
export async function assignConversations(
  tx: TenantTx,
  leadIds: string[],
  { userId, name, actorId, now }: To,
): Promise<Handed[]> {
  const { tenantId, db } = tx;
  await assertStillMember(tx, userId);
  const handed = await db.$queryRaw<Handed[]>`
    with held as materialized (
      select id, lead_id, holder, assignee_id from conversations
      where tenant_id = ${tenantId}::uuid and lead_id = any(${leadIds}::uuid[]) and open
        and (holder, assignee_id) is distinct from ('member', ${userId}::uuid)
      order by id for no key update
    ), given as (
      update conversations c set holder = 'member', assignee_id = ${userId}::uuid, held_since = ${now}::timestamptz
      from held where c.tenant_id = ${tenantId}::uuid and c.id = held.id
    )
    select id, lead_id as "leadId", holder, assignee_id as "assigneeId" from held`;
  const ids = handed.map(({ id }) => id);
  await withdrawBotMessages(tx, ids, now);
  await note(tx, ids, { at: now, actorId, detail: name });
  return handed;
}

/**
 * Takes such an assignment back where the member still holds the conversation: to the bot where it answers, to whom it
 * was, and to nobody where they are no member any more.
 */
export async function giveBackConversations(
  tx: TenantTx,
  before: Handed[],
  { userId, actorId, now }: Omit<To, 'name'>,
) {
  const { tenantId, db } = tx;
  const back = await db.$queryRaw<{ id: string }[]>`
    with held as materialized (
      select c.id, case when b.holder = 'member' and m.user_id is null or b.holder = 'bot' and not ch.bot_on then 'nobody'
                        else b.holder end as holder, m.user_id
      from unnest(${before.map(({ id }) => id)}::uuid[], ${before.map(({ holder }) => holder)}::text[],
                  ${before.map(({ assigneeId }) => assigneeId)}::uuid[]) as b (id, holder, assignee_id)
      join conversations c on c.tenant_id = ${tenantId}::uuid and c.id = b.id
      join channels ch on ch.tenant_id = c.tenant_id and ch.id = c.channel_id
      left join members m on m.tenant_id = c.tenant_id and m.user_id = b.assignee_id
      where c.holder = 'member' and c.assignee_id = ${userId}::uuid
      order by c.id for no key update of c
    )
    update conversations c set holder = held.holder, held_since = ${now}::timestamptz,
      assignee_id = case when held.holder = 'member' then held.user_id end
    from held where c.tenant_id = ${tenantId}::uuid and c.id = held.id
    returning c.id`;
  await note(
    tx,
    back.map(({ id }) => id),
    { at: now, actorId, detail: null },
  );
}

const note = (tx: TenantTx, ids: string[], what: { at: Date; actorId: string; detail: string | null }) =>
  recordEvents(
    tx,
    ids.map((conversationId) => ({ tenantId: tx.tenantId, conversationId, kind: 'assigned', ...what })),
  );
