import type { PlatformTx } from '#server/db/as-platform.ts';
import { json } from './json.ts';

/** News of a message of ours. `messageId` is what came back as callback data, when it has the form of our ids. */
export type StatusNews = {
  tenantId: string;
  channelId: string;
  wamid: string;
  rung: 'sent' | 'delivered' | 'read' | 'failed';
  at: Date;
  failure: unknown;
  messageId: string | null;
};

/** A conversation with news; `freed`: what held back its later messages is settled, so they may leave. */
export type Changed = { tenantId: string; conversationId: string; channelId: string; freed: boolean };

/**
 * Writes each rung's time where it is not known yet; the status follows from the times, so the order of the news does
 * not matter. News of a wamid that we do not know is kept until its message does. Also ends what waited for news: the
 * outbox row of a message whose outcome was unknown or that was to be tried again. Returns the conversations that changed.
 */
export async function applyStatuses(tx: PlatformTx, news: StatusNews[]): Promise<Changed[]> {
  if (news.length === 0) return [];
  type Row = Omit<Changed, 'freed'> & { messageId: string; index: number };
  const matched = await tx.db.$queryRaw<Row[]>`
    with given as (
      select * from unnest(
        ${news.map((_, index) => index)}::int[], ${news.map((one) => one.tenantId)}::uuid[],
        ${news.map((one) => one.channelId)}::uuid[], ${news.map((one) => one.wamid)}::text[],
        ${news.map((one) => one.messageId)}::uuid[], ${news.map((one) => one.rung)}::text[],
        ${news.map((one) => one.at)}::timestamptz[], ${news.map((one) => json(one.failure))}::jsonb[]
      ) as g (index, tenant_id, channel_id, wamid, message_id, rung, at, failure)
    ), matched as (
      select g.*, m.id from given g join messages m
        on m.tenant_id = g.tenant_id and m.channel_id = g.channel_id and m.wamid = g.wamid and m.direction = 'outbound'
      union
      select g.*, m.id from given g join messages m
        on m.tenant_id = g.tenant_id and m.id = g.message_id and m.channel_id = g.channel_id
        and m.direction = 'outbound' and (m.wamid is null or m.wamid = g.wamid)
    ), locked as (
      select m.tenant_id, m.id from messages m
      where (m.tenant_id, m.id) in (select tenant_id, id from matched)
      order by m.tenant_id, m.id for no key update
    ), rungs as (
      select tenant_id, id, min(wamid) as wamid,
             min(at) filter (where rung = 'sent') as sent_at, min(at) filter (where rung = 'delivered') as delivered_at,
             min(at) filter (where rung = 'read') as read_at, min(at) filter (where rung = 'failed') as failed_at,
             (array_agg(failure) filter (where rung = 'failed'))[1] as failure
      from matched join locked using (tenant_id, id) group by tenant_id, id
    ), risen as (
      update messages m set
        wamid = coalesce(m.wamid, r.wamid),
        sent_at = coalesce(m.sent_at, r.sent_at),
        delivered_at = coalesce(m.delivered_at, r.delivered_at),
        read_at = coalesce(m.read_at, r.read_at),
        failed_at = coalesce(m.failed_at, r.failed_at),
        failure = coalesce(m.failure, r.failure)
      from rungs r where m.tenant_id = r.tenant_id and m.id = r.id
        and (m.wamid is null or (r.sent_at is not null and m.sent_at is null)
          or (r.delivered_at is not null and m.delivered_at is null)
          or (r.read_at is not null and m.read_at is null) or (r.failed_at is not null and m.failed_at is null))
      returning m.tenant_id, m.id, m.conversation_id, m.unknown_at
    )
    select m.tenant_id as "tenantId", m.id as "messageId", r.conversation_id as "conversationId",
           m.channel_id as "channelId", m.index
    from matched m left join risen r using (tenant_id, id)`;
  const known = new Set(matched.map(({ index }) => index));
  await keepEarly(
    tx,
    news.filter((_, index) => !known.has(index)),
  );
  const risen = matched.filter(({ conversationId }) => conversationId !== null);
  const freed = await settleOutbox(tx, risen);
  return risen.map((row) => ({ ...row, freed: freed.has(row.messageId) }));
}

/**
 * What Meta has news of is not sent again; a request that is under way ends by itself. A statement of its own: it has to
 * see what whoever held these messages until a moment ago wrote into the outbox.
 */
async function settleOutbox(
  tx: PlatformTx,
  risen: { tenantId: string; messageId: string }[],
): Promise<Set<string>> {
  if (risen.length === 0) return new Set();
  const settled = await tx.db.$queryRaw<{ id: string }[]>`
    delete from outbox where claimed_at is null and (tenant_id, message_id) in (
      select * from unnest(${risen.map((row) => row.tenantId)}::uuid[], ${risen.map((row) => row.messageId)}::uuid[]))
    returning message_id as id`;
  return new Set(settled.map(({ id }) => id));
}

async function keepEarly(tx: PlatformTx, news: StatusNews[]) {
  if (news.length === 0) return;
  await tx.db.$executeRaw`
    insert into early_statuses (tenant_id, channel_id, wamid, rung, at, failure)
    select * from unnest(
      ${news.map((one) => one.tenantId)}::uuid[], ${news.map((one) => one.channelId)}::uuid[],
      ${news.map((one) => one.wamid)}::text[], ${news.map((one) => one.rung)}::text[],
      ${news.map((one) => one.at)}::timestamptz[], ${news.map((one) => json(one.failure))}::jsonb[])
    on conflict do nothing`;
}

/** Applies news that came before its message knew its wamid; looks at every kept one, oldest first, at most `most`. */
export async function applyEarlyStatuses(tx: PlatformTx, most = 1000): Promise<Changed[]> {
  const rows = await tx.db.$queryRaw<Omit<StatusNews, 'messageId'>[]>`
    delete from early_statuses e where (tenant_id, channel_id, wamid, rung) in (
      select e.tenant_id, e.channel_id, e.wamid, e.rung from early_statuses e
      join messages m on m.tenant_id = e.tenant_id and m.channel_id = e.channel_id and m.wamid = e.wamid
        and m.direction = 'outbound'
      order by e.received_at limit ${most} for update of e skip locked)
    returning tenant_id as "tenantId", channel_id as "channelId", wamid, rung, at, failure`;
  return applyStatuses(
    tx,
    rows.map((row) => ({ ...row, messageId: null })),
  );
}

/** The conversations in what changed whose later messages may leave now. */
export const freedBy = (changed: Changed[]) =>
  changed.flatMap(({ freed, tenantId, conversationId, channelId }) =>
    freed ? [{ tenantId, conversationId, channelId }] : [],
  );
