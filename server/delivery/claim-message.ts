import { withdrawn } from '#server/conversations/take-over.ts';
import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { groupCommitter } from '#server/db/group-committer.ts';
import type { JobData } from '#server/jobs/catalog.ts';
import { publish } from '#server/realtime/publish.ts';

type Conversation = Pick<JobData<'deliver'>, 'tenantId' | 'conversationId'>;

/** A message that this process alone may now hand to Meta: its attempt is committed. */
export type Claim = {
  tenantId: string;
  conversationId: string;
  channelId: string;
  messageId: string;
  attempt: number;
  kind: string;
  body: string;
  content: unknown;
  phoneNumberId: string;
  phone: string | null;
  bsuid: string | null;
  /** When it was asked for, by this process's own clock (performance.now). */
  asked: number;
};

const claims = groupCommitter<Conversation, Claim | null>({
  name: 'delivery-claims',
  commit: claimFronts,
  lanes: 2,
});

/**
 * Claims the conversation's oldest waiting message, or null when none is due: the one in front may be under way, wait
 * for its retry, or hold the others back because its outcome is unknown. Asked for many conversations at once it is
 * one transaction.
 */
export const claimMessage = (conversation: Conversation) => claims.add(conversation);

async function claimFronts(conversations: Conversation[]): Promise<(Claim | null)[]> {
  const asked = performance.now();
  const rows = await asPlatform(async (tx) => {
    await lockConversations(tx, conversations);
    return claimInLocked(tx, conversations);
  });
  const byConversation = new Map(rows.map((row) => [row.conversationId, { ...row, asked }]));
  return conversations.map(({ conversationId }) => {
    const claim = byConversation.get(conversationId) ?? null;
    // Two jobs of one conversation in one group: only one of them may send.
    byConversation.delete(conversationId);
    return claim;
  });
}

/**
 * Whoever queues a message holds the conversation until the commit. Waiting for that here, before looking, is what
 * keeps a job from missing the message for which it was found enough.
 */
async function lockConversations(tx: PlatformTx, conversations: Conversation[]) {
  await tx.db.$queryRaw`
    select from conversations
    where (tenant_id, id) in (select * from unnest(${tenantIds(conversations)}::uuid[], ${ids(conversations)}::uuid[]))
    order by tenant_id, id for no key update`;
}

/** PostgreSQL's clock decides what is due: those of our processes differ. */
async function claimInLocked(tx: PlatformTx, conversations: Conversation[]) {
  const rows = await tx.db.$queryRaw<(Omit<Claim, 'asked'> & { withdrawn: boolean })[]>`
    with wanted as (
      select distinct * from unnest(${tenantIds(conversations)}::uuid[], ${ids(conversations)}::uuid[])
        as w (tenant_id, conversation_id)
    ), released as (
      delete from outbox o using wanted w
      where o.tenant_id = w.tenant_id and o.conversation_id = w.conversation_id
        and o.unknown and o.due_at <= clock_timestamp()
    ), overtaken as (
      -- Was under way when a member took over, and Meta asked to try again: that would be the bot speaking over them.
      delete from outbox o using wanted w, messages m, conversations c
      where o.tenant_id = w.tenant_id and o.conversation_id = w.conversation_id and o.claimed_at is null and not o.unknown
        and m.tenant_id = o.tenant_id and m.id = o.message_id and m.author = 'bot'
        and c.tenant_id = o.tenant_id and c.id = o.conversation_id and c.holder = 'member'
      returning o.tenant_id, o.message_id, o.conversation_id
    ), told as (
      update messages m set failed_at = now(), failure = ${withdrawn}::jsonb
      from overtaken o where m.tenant_id = o.tenant_id and m.id = o.message_id
    ), front as (
      select distinct on (o.tenant_id, o.conversation_id) o.tenant_id, o.message_id
      from outbox o join wanted using (tenant_id, conversation_id)
      where not (o.unknown and o.due_at <= clock_timestamp())
        and (o.tenant_id, o.message_id) not in (select tenant_id, message_id from overtaken)
      order by o.tenant_id, o.conversation_id, o.at, o.message_id
    ), claimed as (
      update outbox o set claimed_at = clock_timestamp(), attempts = o.attempts + 1
      from front f where o.tenant_id = f.tenant_id and o.message_id = f.message_id
        and o.claimed_at is null and not o.unknown and o.due_at <= clock_timestamp()
      returning o.tenant_id, o.message_id, o.conversation_id, o.attempts
    ), begun as (
      insert into attempts (tenant_id, message_id, number, started_at)
      select tenant_id, message_id, attempts, clock_timestamp() from claimed
    ), all_touched as (
      select *, false as withdrawn from claimed
      union all
      select tenant_id, message_id, conversation_id, 0, true from overtaken
    )
    select c.tenant_id as "tenantId", c.conversation_id as "conversationId", m.channel_id as "channelId",
           m.id as "messageId", c.attempts as attempt, m.kind, m.body, m.content, c.withdrawn,
           ch.phone_number_id as "phoneNumberId",
           (select raw from addresses a where a.tenant_id = v.tenant_id and a.lead_id = v.lead_id and a.kind = 'phone' limit 1) as phone,
           (select raw from addresses a where a.tenant_id = v.tenant_id and a.lead_id = v.lead_id and a.kind = 'bsuid'
              -- Under another portfolio the same id is nobody, or somebody else.
              and a.scope = ch.portfolio_id limit 1) as bsuid
    from all_touched c
    join messages m on m.tenant_id = c.tenant_id and m.id = c.message_id
    join conversations v on v.tenant_id = c.tenant_id and v.id = c.conversation_id
    join channels ch on ch.tenant_id = v.tenant_id and ch.id = v.channel_id`;
  await publish(
    tx,
    rows.filter((row) => row.withdrawn),
  );
  return rows.filter((row) => !row.withdrawn);
}

const tenantIds = (conversations: Conversation[]) => conversations.map(({ tenantId }) => tenantId);
const ids = (conversations: Conversation[]) => conversations.map(({ conversationId }) => conversationId);
