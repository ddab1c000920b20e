import {
  handOverUndelivered,
  suspended,
  type Undelivered,
  withdrawn,
} from '#server/conversations/undelivered.ts';
import { asBatch, type BatchTx } from '#server/db/as-batch.ts';
import { groupCommitter } from '#server/db/group-committer.ts';
import type { JobData } from '#server/jobs/catalog.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import type { Sending } from '#server/leads/consent.ts';
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
  /** Read with the claim, not from memory: from the moment that it is disconnected nothing leaves it. */
  disconnected: boolean;
  /** What the rule of consent looks at, read with the claim as well. */
  author: Sending['author'];
  consent: Sending['consent'];
  blocked: boolean;
  windowOpen: boolean;
  afterOptOut: boolean;
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
  const wanted = [...new Map(conversations.map((one) => [one.conversationId, one])).values()];
  const claimed = await asBatch(async (tx) => {
    const [, { claims: made, stopped }] = await Promise.all([
      lockConversations(tx, wanted),
      claimInLocked(tx, wanted),
    ]);
    const ids = new Set(made.map(({ conversationId }) => conversationId));
    await comeBackTo(
      tx,
      wanted.filter(({ conversationId }) => !ids.has(conversationId)),
    );
    await handOverUndelivered(tx, stopped);
    await publish(tx, stopped);
    return made;
  });
  const byConversation = new Map(claimed.map((row) => [row.conversationId, { ...row, asked }]));
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
async function lockConversations(tx: BatchTx, conversations: Conversation[]) {
  await tx.db.$queryRaw`
    select from conversations
    where (tenant_id, id) in (select * from unnest(${tenantIds(conversations)}::uuid[], ${ids(conversations)}::uuid[]))
    order by tenant_id, id for no key update`;
}

type Claimed = { claims: Omit<Claim, 'asked'>[] | null; stopped: Undelivered[] | null };

/** PostgreSQL's clock decides what is due: those of our processes differ. */
async function claimInLocked(tx: BatchTx, conversations: Conversation[]) {
  const [row] = await tx.db.$queryRaw<Claimed[]>`
    with wanted as materialized (
      select * from unnest(${tenantIds(conversations)}::uuid[], ${ids(conversations)}::uuid[]) as w (tenant_id, id)
    ), barred as materialized (
      select w.tenant_id, w.id, t.state = 'suspended' as suspended
      from wanted w join conversations c on c.tenant_id = w.tenant_id and c.id = w.id join tenants t on t.id = c.tenant_id
      where c.holder = 'member' or t.state = 'suspended'
    ), stopped as (
      -- The bot's that was under way when a member took over, and that Meta asked to send again: it would speak over
      -- them. And whatever waits in a suspended tenant.
      delete from outbox o using barred b, messages m
      where o.tenant_id = b.tenant_id and o.conversation_id = b.id and o.claimed_at is null and not o.unknown
        and m.tenant_id = o.tenant_id and m.id = o.message_id and (b.suspended or m.author = 'bot')
      returning o.tenant_id, o.message_id, o.conversation_id, b.suspended
    ), told as (
      update messages m set failed_at = now(), held_at = null,
        failure = case when s.suspended then ${suspended}::jsonb else ${withdrawn}::jsonb end
      from stopped s where m.tenant_id = s.tenant_id and m.id = s.message_id
    ), released as (
      delete from outbox o using wanted w
      where o.tenant_id = w.tenant_id and o.conversation_id = w.id
        and o.unknown and o.due_at <= clock_timestamp()
    ), claimed as (
      update outbox o set claimed_at = clock_timestamp(), attempts = o.attempts + 1
      from wanted w cross join lateral (
        select f.message_id from outbox f
        where f.tenant_id = w.tenant_id and f.conversation_id = w.id
          and not (f.unknown and f.due_at <= clock_timestamp())
          and not exists (select from stopped s where s.message_id = f.message_id)
        order by f.at, f.message_id limit 1
      ) front
      where o.tenant_id = w.tenant_id and o.message_id = front.message_id
        and o.claimed_at is null and not o.unknown and o.due_at <= clock_timestamp()
      returning o.tenant_id, o.message_id, o.conversation_id, o.attempts
    ), begun as (
      insert into attempts (tenant_id, message_id, number, started_at)
      select tenant_id, message_id, attempts, clock_timestamp() from claimed
    )
    select (
      select json_agg(json_build_object(
        'tenantId', c.tenant_id, 'conversationId', c.conversation_id, 'channelId', m.channel_id, 'messageId', m.id,
        'attempt', c.attempts, 'kind', m.kind, 'body', m.body, 'content', m.content, 'phoneNumberId', ch.phone_number_id,
        'disconnected', ch.disconnected_at is not null, 'author', m.author, 'consent', l.consent,
        'blocked', l.blocked_at is not null, 'windowOpen', coalesce(v.window_closes_at > clock_timestamp(), false),
        'afterOptOut', l.consent = 'out' and m.created_at >= (
          select k.at from consents k where k.tenant_id = l.tenant_id and k.lead_id = l.id and k.state = 'out'
          order by k.at desc, k.id desc limit 1),
        'phone', (select raw from addresses a where a.tenant_id = v.tenant_id and a.lead_id = v.lead_id
                    and a.kind = 'phone' limit 1),
        'bsuid', (select raw from addresses a where a.tenant_id = v.tenant_id and a.lead_id = v.lead_id
                    -- Under another portfolio the same id is nobody, or somebody else.
                    and a.kind = 'bsuid' and a.scope = ch.portfolio_id
                    -- A person who changed their number has another one: the newest.
                    order by a.id desc limit 1)))
      from claimed c
      join messages m on m.tenant_id = c.tenant_id and m.id = c.message_id
      join conversations v on v.tenant_id = c.tenant_id and v.id = c.conversation_id
      join channels ch on ch.tenant_id = v.tenant_id and ch.id = v.channel_id
      join leads l on l.tenant_id = v.tenant_id and l.id = v.lead_id
    ) as claims, (
      select json_agg(json_build_object('tenantId', tenant_id, 'conversationId', conversation_id,
                                        'why', case when suspended then 'suspended' end))
      from stopped
    ) as stopped`;
  return { claims: row?.claims ?? [], stopped: row?.stopped ?? [] };
}

/**
 * While another process has a conversation's message under way, what waits behind it is that process's to send. It may
 * have looked for the last time already, so somebody looks again in a second.
 */
async function comeBackTo(tx: BatchTx, conversations: Conversation[]) {
  if (conversations.length === 0) return;
  const waiting = await tx.db.$queryRaw<JobData<'deliver'>[]>`
    select c.tenant_id as "tenantId", c.id as "conversationId", c.channel_id as "channelId"
    from unnest(${tenantIds(conversations)}::uuid[], ${ids(conversations)}::uuid[]) as w (tenant_id, id)
    join conversations c using (tenant_id, id)
    where exists (select from outbox o where o.tenant_id = w.tenant_id and o.conversation_id = w.id
                    and o.claimed_at is not null)
      and exists (select from outbox o where o.tenant_id = w.tenant_id and o.conversation_id = w.id
                    and o.claimed_at is null)`;
  await enqueue(tx, 'deliver', waiting, { afterSeconds: 1 });
}

const tenantIds = (conversations: Conversation[]) => conversations.map(({ tenantId }) => tenantId);
const ids = (conversations: Conversation[]) => conversations.map(({ conversationId }) => conversationId);
