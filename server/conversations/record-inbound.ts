import type { BatchTx } from '#server/db/as-batch.ts';
import { newId } from '#server/db/id.ts';
import { moveAddress } from '#server/leads/move-address.ts';
import { addressKeys, makeLeads, resolveLeads, type Writer } from '#server/leads/resolve-leads.ts';
import { passiveKinds } from './message-kinds.ts';

/** An inbound message and who wrote it. `at` is where it stands in the conversation; `content` has no NUL in it. */
export type Inbound = {
  writer: Writer;
  /** The number that the writer had until now. */
  formerPhone?: string;
  channelId: string;
  botOn: boolean;
  wamid: string;
  at: Date;
  kind: string;
  body: string;
  content: unknown;
  quotedWamid: string | null;
};

/** A conversation that got something new, and whether the bot owes it a turn. */
export type Touched = { tenantId: string; conversationId: string; owesTurn: boolean };

/**
 * Writes a batch of inbound messages, of any tenants, with a turn for each that the bot has to answer, and the counters;
 * the conversations' rows stay locked until the commit. A wamid that is already there changes nothing. One statement
 * where everybody is known; people and conversations that are new cost a few more, however many they are.
 */
export async function recordInbound(tx: BatchTx, messages: Inbound[], now: Date): Promise<Touched[]> {
  if (messages.length === 0) return [];
  const rows = new Map(messages.map((one) => [`${one.channelId} ${one.wamid}`, one]))
    .values()
    .map((one) => ({ ...one, id: newId() }))
    .toArray()
    // In a fixed order, so that two commits that bring the same message cannot wait for each other.
    .toSorted((a, b) => (a.wamid < b.wamid ? -1 : 1));
  for (const { writer, formerPhone } of rows)
    if (formerPhone !== undefined) await moveAddress(tx, writer, formerPhone);
  const given = JSON.stringify(rows.map(asGiven));
  let written = await write(tx, given, now);
  if (written.strangers) {
    const strangers = written.strangers.flatMap((index) => rows[index] ?? []);
    const wanted = await makeLeadsOf(tx, strangers);
    [, written] = await Promise.all([makeConversations(tx, wanted, now), write(tx, given, now)]);
    if (written.strangers) throw new Error('somebody who was just made is not there');
  }
  if (written.renamed)
    await resolveLeads(
      tx,
      written.renamed.flatMap((index) => rows[index]?.writer ?? []),
    );
  return written.touched ?? [];
}

function asGiven(message: Inbound & { id: string }, index: number) {
  const { writer, id, channelId, wamid, at, kind, body, content, quotedWamid } = message;
  const { tenantId, portfolioId, bsuid, name, username } = writer;
  const phone = addressKeys(writer).find((key) => key.kind === 'phone');
  return {
    ...{ index, id, tenantId, channelId, wamid, at, kind, body, content, quotedWamid },
    ...{ portfolioId, bsuid, name, username, phone: phone?.value, rawPhone: phone?.raw },
  };
}

type Written = { strangers: number[] | null; renamed: number[] | null; touched: Touched[] | null };

/**
 * The ledger's write: finds each writer's lead and conversation, inserts the messages, and lets each conversation
 * follow. Where somebody is missing nothing is written, and `strangers` says who, by index. What is inserted first
 * (wamids) and updated then (conversations) is in a fixed order each, so that commits side by side wait in one direction.
 */
async function write(tx: BatchTx, given: string, now: Date): Promise<Written> {
  const [written] = await tx.db.$queryRaw<Written[]>`
    with given as materialized (
      select g.*, l.id as "leadId", c.id as "conversationId",
             c.id is null or (phone is not null and p.id is null) or (bsuid is not null and b.id is null) as stranger,
             usage_day(t.time_zone, t.former_time_zone, t.time_zone_from, ${now}::timestamptz) as day,
             (g.name <> l.profile_name or (g.name is not null and l.profile_name is null)
               or g.username <> l.username or (g.username is not null and l.username is null)
               or "rawPhone" <> p.raw or l.deleted_at is not null) is true as renamed
      from jsonb_to_recordset(${given}::jsonb) as g (
        index int, id uuid, "tenantId" uuid, "channelId" uuid, "portfolioId" text, phone text, "rawPhone" text,
        bsuid text, name text, username text, wamid text, at timestamptz, kind text, body text, content jsonb,
        "quotedWamid" text)
      join tenants t on t.id = g."tenantId"
      -- Each by its own key: written as plain joins, the planner reads all of a tenant's where it guesses few.
      left join lateral (
        select id, lead_id, raw from addresses
        where tenant_id = g."tenantId" and kind = 'phone' and scope = '' and value = g.phone limit 1) p on true
      left join lateral (
        select id, lead_id from addresses
        where tenant_id = g."tenantId" and kind = 'bsuid' and scope = g."portfolioId" and value = g.bsuid limit 1) b on true
      left join lateral (
        select id, profile_name, username, deleted_at from leads
        where tenant_id = g."tenantId" and id = coalesce(p.lead_id, b.lead_id) limit 1) l on true
      left join lateral (
        select id from conversations
        where tenant_id = g."tenantId" and channel_id = g."channelId" and lead_id = l.id limit 1) c on true
    ), fresh as (
      insert into messages (tenant_id, id, conversation_id, channel_id, at, created_at, direction, author, kind, body,
                            content, quoted_wamid, wamid, counted_on)
      select "tenantId", id, "conversationId", "channelId", at, ${now}::timestamptz, 'inbound', 'lead', kind, body,
             content, "quotedWamid", wamid, day
      from given where not exists (select from given where stranger) order by wamid
      on conflict (tenant_id, channel_id, wamid) do nothing
      returning tenant_id, id, conversation_id, channel_id, at, counted_on, kind = any(${passiveKinds}::text[]) as passive
    ), news as (
      select tenant_id, conversation_id, max(counted_on) as day, max(at) as last_at, (array_agg(id order by at desc, id desc))[1] as last_id,
             count(*) filter (where not passive)::int as spoken, max(at) filter (where not passive) as spoken_at,
             array_agg(id) filter (where not passive) as spoken_ids
      from fresh group by tenant_id, conversation_id order by tenant_id, conversation_id
    ), followed as (
      update conversations c set
        inbound_count = c.inbound_count + n.spoken,
        last_message_id = case when n.last_at >= c.last_at then n.last_id else c.last_message_id end,
        last_at = greatest(c.last_at, n.last_at),
        last_inbound_at = greatest(c.last_inbound_at, n.spoken_at),
        -- Meta counts from its own stamp, which is whole seconds.
        window_closes_at = greatest(c.window_closes_at, date_trunc('second', n.spoken_at) + interval '24 hours'),
        open = c.open or n.spoken > 0,
        active_on = greatest(c.active_on, n.day),
        active_by = case when c.active_on >= n.day then c.active_by else n.last_id end
      from news n where c.tenant_id = n.tenant_id and c.id = n.conversation_id
      returning c.tenant_id, c.id, c.channel_id, c.holder = 'bot' and n.spoken > 0 as owes_turn, n.spoken_ids,
                n.day, c.active_by = n.last_id as activated
    ), owed as (
      insert into turns (tenant_id, message_id, conversation_id, created_at)
      select tenant_id, unnest(spoken_ids), id, ${now}::timestamptz from followed where owes_turn
    ), spent as (
      -- A slot for each connection, so that commits beside each other change different rows; in a fixed order.
      insert into usage as u (tenant_id, day, channel_id, slot, inbound, outbound, active)
      select tenant_id, day, channel_id, pg_backend_pid() % 64, sum(inbound), sum(outbound), sum(active)
      from (
        select tenant_id, counted_on as day, channel_id, 1 as inbound, 0 as outbound, 0 as active from fresh
        union all
        select tenant_id, day, channel_id, 0, 0, 1 from followed where activated
      ) as counted group by tenant_id, day, channel_id order by tenant_id, day, channel_id
      on conflict (tenant_id, day, channel_id, slot) do update set inbound = u.inbound + excluded.inbound,
        outbound = u.outbound + excluded.outbound, active = u.active + excluded.active
    )
    select (select json_agg(index) from given where stranger) as strangers,
           (select json_agg(index) from given where renamed and not stranger) as renamed,
           (select json_agg(json_build_object('tenantId', tenant_id, 'conversationId', id, 'owesTurn', owes_turn))
            from followed) as touched`;
  return written ?? { strangers: null, renamed: null, touched: null };
}

type Place = Inbound & { leadId: string };

/** Makes the leads and addresses that these messages lack, and says which conversations they want. */
async function makeLeadsOf(tx: BatchTx, messages: Inbound[]): Promise<Place[]> {
  const leadIds = await makeLeads(
    tx,
    messages.map(({ writer }) => writer),
  );
  const places = new Map(
    messages.map((one, index): [string, Place] => {
      const leadId = leadIds[index] ?? '';
      return [`${one.channelId} ${leadId}`, { ...one, leadId }];
    }),
  );
  // In a fixed order, so that two who make the same ones cannot wait for each other.
  return [...places].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
}

function makeConversations(tx: BatchTx, wanted: Place[], now: Date): Promise<number> {
  return tx.db.$executeRaw`
    insert into conversations (tenant_id, id, channel_id, lead_id, holder, held_since, last_at, created_at)
    select tenant_id, id, channel_id, lead_id, holder, ${now}::timestamptz, last_at, ${now}::timestamptz
    from unnest(${wanted.map((one) => one.writer.tenantId)}::uuid[], ${wanted.map(() => newId())}::uuid[],
                ${wanted.map((one) => one.channelId)}::uuid[], ${wanted.map((one) => one.leadId)}::uuid[],
                ${wanted.map((one) => (one.botOn ? 'bot' : 'nobody'))}::text[],
                ${wanted.map((one) => one.at)}::timestamptz[]) as w (tenant_id, id, channel_id, lead_id, holder, last_at)
    on conflict (tenant_id, channel_id, lead_id) do nothing`;
}
