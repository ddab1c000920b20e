import { withdrawn } from '#server/conversations/take-over.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { groupCommitter } from '#server/db/group-committer.ts';
import type { JobData } from '#server/jobs/catalog.ts';

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
};

const claims = groupCommitter<JobData<'deliver'>, Claim | null>({
  name: 'delivery-claims',
  commit: claimFronts,
  lanes: 2,
});

/**
 * Claims the conversation's oldest waiting message, or null when none is due: the one in front may be under way, wait
 * for its retry, or hold the others back because its outcome is unknown. Asked for many conversations at once it is
 * one transaction.
 */
export const claimMessage = (conversation: JobData<'deliver'>) => claims.add(conversation);

async function claimFronts(conversations: JobData<'deliver'>[]): Promise<(Claim | null)[]> {
  const now = new Date();
  const rows = await asPlatform(
    ({ db }) => db.$queryRaw<Claim[]>`
    with wanted as (
      select distinct * from unnest(
        ${conversations.map((one) => one.tenantId)}::uuid[], ${conversations.map((one) => one.conversationId)}::uuid[]
      ) as w (tenant_id, conversation_id)
    ), released as (
      delete from outbox o using wanted w
      where o.tenant_id = w.tenant_id and o.conversation_id = w.conversation_id
        and o.unknown and o.due_at <= ${now}::timestamptz
    ), overtaken as (
      -- Was under way when a member took over, and Meta asked to try again: that would be the bot speaking over them.
      delete from outbox o using wanted w, messages m, conversations c
      where o.tenant_id = w.tenant_id and o.conversation_id = w.conversation_id and o.claimed_at is null and not o.unknown
        and m.tenant_id = o.tenant_id and m.id = o.message_id and m.author = 'bot'
        and c.tenant_id = o.tenant_id and c.id = o.conversation_id and c.holder = 'member'
      returning o.tenant_id, o.message_id
    ), told as (
      update messages m set failed_at = ${now}::timestamptz, failure = ${withdrawn}::jsonb
      from overtaken o where m.tenant_id = o.tenant_id and m.id = o.message_id
    ), front as (
      select distinct on (o.tenant_id, o.conversation_id) o.tenant_id, o.message_id
      from outbox o join wanted using (tenant_id, conversation_id)
      where not (o.unknown and o.due_at <= ${now}::timestamptz)
        and (o.tenant_id, o.message_id) not in (select * from overtaken)
      order by o.tenant_id, o.conversation_id, o.at, o.message_id
    ), free as (
      select tenant_id, message_id from outbox
      where (tenant_id, message_id) in (select * from front)
        and claimed_at is null and not unknown and due_at <= ${now}::timestamptz
      for update skip locked
    ), claimed as (
      update outbox o set claimed_at = ${now}::timestamptz, attempts = o.attempts + 1
      from free where o.tenant_id = free.tenant_id and o.message_id = free.message_id
      returning o.tenant_id, o.message_id, o.conversation_id, o.attempts
    ), begun as (
      insert into attempts (tenant_id, message_id, number, started_at)
      select tenant_id, message_id, attempts, ${now}::timestamptz from claimed
    )
    select c.tenant_id as "tenantId", c.conversation_id as "conversationId", m.channel_id as "channelId",
           m.id as "messageId", c.attempts as attempt, m.kind, m.body, m.content,
           ch.phone_number_id as "phoneNumberId",
           (select raw from addresses a where a.tenant_id = v.tenant_id and a.lead_id = v.lead_id and a.kind = 'phone' limit 1) as phone,
           (select raw from addresses a where a.tenant_id = v.tenant_id and a.lead_id = v.lead_id and a.kind = 'bsuid'
              -- Under another portfolio the same id is nobody, or somebody else.
              and a.scope = ch.portfolio_id limit 1) as bsuid
    from claimed c
    join messages m on m.tenant_id = c.tenant_id and m.id = c.message_id
    join conversations v on v.tenant_id = c.tenant_id and v.id = c.conversation_id
    join channels ch on ch.tenant_id = v.tenant_id and ch.id = v.channel_id`,
  );
  const byConversation = new Map(rows.map((row) => [row.conversationId, row]));
  return conversations.map(({ conversationId }) => {
    const claim = byConversation.get(conversationId) ?? null;
    // Two jobs of one conversation in one group: only one of them may send.
    byConversation.delete(conversationId);
    return claim;
  });
}
