import { randomInt } from 'node:crypto';
import type { BatchTx } from '#server/db/as-batch.ts';
import { stoppedMarketing } from '#server/whatsapp/failures.ts';
import { hearRefusals } from './hear-wishes.ts';
import { json } from './json.ts';
import { handOverUndelivered } from './undelivered.ts';

/** News of a message of ours. `messageId` is what came back as callback data, when it has the form of our ids. */
export type StatusNews = {
  tenantId: string;
  channelId: string;
  wamid: string;
  rung: 'sent' | 'delivered' | 'read' | 'failed';
  at: Date;
  failure: unknown;
  pricing: { category: string; type: string } | null;
  messageId: string | null;
};

/** A conversation with news; `freed`: what held back its later messages is settled, so they may leave. */
export type Changed = { tenantId: string; conversationId: string; channelId: string; freed: boolean };

/**
 * Writes each rung's time where it is not known yet; the status follows from the times, so the order of the news does
 * not matter. News of a wamid that we do not know is kept until its message does. Also ends what waited for news: the
 * outbox row of a message whose outcome was unknown or that was to be tried again. Where a message of the bot's failed,
 * people take over. Returns the conversations that changed.
 */
export async function applyStatuses(tx: BatchTx, news: StatusNews[]): Promise<Changed[]> {
  if (news.length === 0) return [];
  // Whoever finds it in a row was the first to write Meta's charge there.
  const mark = randomInt(2 ** 48 - 1);
  const [applied] = await tx.db.$queryRaw<{ known: number[] | null; risen: Risen[] | null }[]>`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(news.map(asGiven))}::jsonb) as g (
        index int, "tenantId" uuid, "channelId" uuid, wamid text, "messageId" uuid, rung text, at timestamptz,
        failure jsonb, category text, type text)
    ), matched as materialized (
      -- One by one and by their keys, whatever the planner thinks of the table's size.
      select g.*, m.id from given g cross join lateral (
        select m.id from messages m
        where m.tenant_id = g."tenantId" and m.channel_id = g."channelId" and m.wamid = g.wamid
          and m.direction = 'outbound' limit 1) m
      union all
      select g.*, m.id from given g cross join lateral (
        select m.id from messages m
        where m.tenant_id = g."tenantId" and m.id = g."messageId" and m.channel_id = g."channelId"
          and m.direction = 'outbound' and m.wamid is null limit 1) m
    ), rungs as (
      select "tenantId", id, min(wamid) as wamid,
             min(at) filter (where rung = 'sent') as sent_at, min(at) filter (where rung = 'delivered') as delivered_at,
             min(at) filter (where rung = 'read') as read_at, min(at) filter (where rung = 'failed') as failed_at,
             (array_agg(failure) filter (where rung = 'failed'))[1] as failure,
             -- Meta charges for what arrives, and says it with one of these two.
             (array_agg(category) filter (where rung in ('delivered', 'read') and category is not null))[1] as category,
             (array_agg(type) filter (where rung in ('delivered', 'read') and category is not null))[1] as type
      -- In a fixed order, so that two commits with news of the same messages wait in one direction.
      from matched group by "tenantId", id order by "tenantId", id
    ), risen as (
      update messages m set
        wamid = coalesce(m.wamid, r.wamid),
        sent_at = coalesce(m.sent_at, r.sent_at),
        delivered_at = coalesce(m.delivered_at, r.delivered_at),
        read_at = coalesce(m.read_at, r.read_at),
        failed_at = coalesce(m.failed_at, r.failed_at),
        failure = coalesce(m.failure, r.failure),
        charged_in = coalesce(m.charged_in, case when r.category is not null then
          date_trunc('month', usage_day(t.time_zone, t.former_time_zone, t.time_zone_from, now()))::date end),
        charge_mark = coalesce(m.charge_mark, case when r.category is not null then ${mark}::bigint end)
      from rungs r join tenants t on t.id = r."tenantId" where m.tenant_id = r."tenantId" and m.id = r.id
        and (m.wamid is null or (r.sent_at is not null and m.sent_at is null)
          or (r.delivered_at is not null and m.delivered_at is null)
          or (r.category is not null and m.charged_in is null)
          or (r.read_at is not null and m.read_at is null) or (r.failed_at is not null and m.failed_at is null))
      returning m.tenant_id, m.id, m.conversation_id, m.channel_id, m.failure,
                m.author = 'bot' and m.status = 'failed' and m.failed_at = r.failed_at as undelivered,
                coalesce(m.failed_at = r.failed_at, false) as failed,
                m.charged_in, m.charge_mark = ${mark}::bigint as charged, r.category, r.type
    ), charged as (
      insert into charges as c (tenant_id, month, channel_id, category, type, slot, count)
      select tenant_id, charged_in, channel_id, category, type, pg_backend_pid() % 64, count(*)
      from risen where charged group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
      on conflict (tenant_id, month, channel_id, category, type, slot) do update set count = c.count + excluded.count
    )
    select (select json_agg(index) from matched) as known,
           (select json_agg(json_build_object('tenantId', tenant_id, 'messageId', id,
                                              'conversationId', conversation_id, 'channelId', channel_id,
                                              'undelivered', undelivered, 'failed', failed, 'why', failure -> 'code'))
            from risen) as risen`;
  const known = new Set(applied?.known);
  await keepEarly(
    tx,
    news.filter((_, index) => !known.has(index)),
  );
  const risen = applied?.risen ?? [];
  const freed = await settleOutbox(tx, risen);
  await handOverUndelivered(
    tx,
    risen.filter(({ undelivered }) => undelivered),
  );
  await hearRefusals(
    tx,
    risen.filter(({ failed, why }) => failed && why === stoppedMarketing),
    new Date(),
  );
  return risen.map(({ messageId, tenantId, conversationId, channelId }) => ({
    ...{ tenantId, conversationId, channelId },
    freed: freed.has(messageId),
  }));
}

type Risen = Omit<Changed, 'freed'> & {
  messageId: string;
  undelivered: boolean | null;
  failed: boolean | null;
  why: number | null;
};

function asGiven(one: StatusNews, index: number) {
  const { tenantId, channelId, wamid, messageId, rung, at, failure, pricing } = one;
  return { index, tenantId, channelId, wamid, messageId, rung, at, failure, ...pricing };
}

/**
 * What Meta has news of is not sent again; a request that is under way ends by itself. A statement of its own: it has to
 * see what whoever held these messages until a moment ago wrote into the outbox.
 */
async function settleOutbox(
  tx: BatchTx,
  risen: { tenantId: string; messageId: string }[],
): Promise<Set<string>> {
  if (risen.length === 0) return new Set();
  const settled = await tx.db.$queryRaw<{ id: string }[]>`
    delete from outbox where claimed_at is null and (tenant_id, message_id) in (
      select * from unnest(${risen.map((row) => row.tenantId)}::uuid[], ${risen.map((row) => row.messageId)}::uuid[]))
    returning message_id as id`;
  return new Set(settled.map(({ id }) => id));
}

async function keepEarly(tx: BatchTx, news: StatusNews[]) {
  if (news.length === 0) return;
  await tx.db.$executeRaw`
    insert into early_statuses (tenant_id, channel_id, wamid, rung, at, failure, category, type)
    select * from unnest(
      ${news.map((one) => one.tenantId)}::uuid[], ${news.map((one) => one.channelId)}::uuid[],
      ${news.map((one) => one.wamid)}::text[], ${news.map((one) => one.rung)}::text[],
      ${news.map((one) => one.at)}::timestamptz[], ${news.map((one) => json(one.failure))}::jsonb[],
      ${news.map(({ pricing }) => pricing?.category ?? null)}::text[],
      ${news.map(({ pricing }) => pricing?.type ?? null)}::text[])
    on conflict do nothing`;
}

/** Applies news that came before its message knew its wamid; looks at every kept one, oldest first, at most `most`. */
export async function applyEarlyStatuses(tx: BatchTx, most = 1000): Promise<Changed[]> {
  const rows = await tx.db.$queryRaw<
    (Omit<StatusNews, 'messageId' | 'pricing'> & { category: string | null; type: string | null })[]
  >`
    delete from early_statuses e where (tenant_id, channel_id, wamid, rung) in (
      select e.tenant_id, e.channel_id, e.wamid, e.rung from early_statuses e
      join messages m on m.tenant_id = e.tenant_id and m.channel_id = e.channel_id and m.wamid = e.wamid
        and m.direction = 'outbound'
      order by e.received_at limit ${most} for update of e skip locked)
    returning tenant_id as "tenantId", channel_id as "channelId", wamid, rung, at, failure, category, type`;
  return applyStatuses(
    tx,
    rows.map(({ category, type, ...row }) => ({
      ...{ ...row, messageId: null },
      pricing: category === null ? null : { category, type: type ?? 'regular' },
    })),
  );
}

/** The conversations in what changed whose later messages may leave now. */
export const freedBy = (changed: Changed[]) =>
  changed.flatMap(({ freed, tenantId, conversationId, channelId }) =>
    freed ? [{ tenantId, conversationId, channelId }] : [],
  );
