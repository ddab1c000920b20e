import { askOnce } from '#load/house/database.ts';
import { control } from '#load/house/play-meta.ts';
import type { Product } from './product.ts';
import type { Waiting } from './settle.ts';
import type { Written } from './write-messages.ts';

/** A row of the ledger, with where it is filed. Moments are milliseconds since 1970. */
export type MessageRow = {
  readonly id: string;
  readonly wamid: string | null;
  readonly direction: 'inbound' | 'outbound';
  readonly body: string;
  readonly at: number;
  readonly status: string | null;
  readonly conversation: string;
  readonly phoneNumberId: string;
  readonly tenant: string;
  readonly lead: string;
  /** The lead's number. */
  readonly phone: string | null;
};

export type TurnRow = {
  readonly message: string;
  readonly conversation: string;
  readonly decided: boolean;
  readonly replies: number;
};

export type ConversationRow = {
  readonly id: string;
  readonly holder: string;
  readonly inboundCount: number;
  readonly lastAt: number;
  readonly lastMessage: string | null;
  readonly lastInboundAt: number | null;
  readonly windowClosesAt: number | null;
  readonly mostRead: number;
};

/** What the counters say of a channel's day, and what the ledger says: inbound, outbound, active conversations. */
export type UsageRow = {
  readonly id: string;
  readonly counted: readonly number[];
  readonly inLedger: readonly number[];
};

/** An attempt to send, as the simulated Meta saw it. */
export type Send = {
  readonly wamid: string;
  /** Our id of the message. */
  readonly message: string;
  readonly at: number;
  readonly accepted: boolean;
  readonly answered: boolean;
  /** Statuses of which the product has heard. */
  readonly heard: readonly string[];
};

export type Sessions = {
  readonly open: number;
  /** In a transaction in which nothing has happened for some seconds. */
  readonly stuck: number;
  readonly waitingForLocks: number;
};

/** Everything by which a run is judged. */
export type Facts = {
  readonly written: ReadonlyMap<string, Written>;
  readonly acknowledged: ReadonlySet<string>;
  readonly endings: ReadonlyMap<string, number>;
  readonly messages: readonly MessageRow[];
  readonly turns: readonly TurnRow[];
  readonly conversations: readonly ConversationRow[];
  readonly usage: readonly UsageRow[];
  readonly sends: readonly Send[];
  readonly quarantined: number;
  readonly failedJobs: number;
  readonly sessions: Sessions;
  readonly waiting: Waiting;
  /** Messages that were being handed to Meta when something happened after which nobody may know their end. */
  readonly underWay: ReadonlySet<string>;
  /** Processes that run now, and what was wanted. */
  readonly running: Readonly<Record<string, readonly [now: number, wanted: number]>>;
  /** How often a supervisor that must not give up did. */
  readonly givenUp: Readonly<Record<string, number>>;
  /** `/readyz` of each door. */
  readonly ready: readonly number[];
  /** MB, of the largest process of each role. */
  readonly memory: ReadonlyMap<string, number>;
};

const epoch = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;

const messages = `
  select m.id, m.wamid, m.direction, m.body, ${epoch('m.at')} as at, m.status, m.conversation_id as conversation,
         ch.phone_number_id as "phoneNumberId", t.name as tenant, c.lead_id as lead,
         (select raw from addresses a where a.tenant_id = c.tenant_id and a.lead_id = c.lead_id and a.kind = 'phone') as phone
  from messages m
  join channels ch on ch.tenant_id = m.tenant_id and ch.id = m.channel_id
  join conversations c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
  join tenants t on t.id = m.tenant_id`;

const turns = `
  select message_id as message, conversation_id as conversation, decided_at is not null as decided,
         coalesce(replies, 0) as replies from turns`;

const conversations = `
  select id, holder, inbound_count as "inboundCount", ${epoch('last_at')} as "lastAt", last_message_id as "lastMessage",
         ${epoch('last_inbound_at')} as "lastInboundAt", ${epoch('window_closes_at')} as "windowClosesAt",
         coalesce((select max(read_count) from read_marks r where r.tenant_id = c.tenant_id and r.conversation_id = c.id), 0)
           as "mostRead"
  from conversations c`;

const usage = `
  with counted as (
    select tenant_id, channel_id, day, array[sum(inbound), sum(outbound), sum(active)]::int[] as counts
    from usage group by 1, 2, 3
  ), ledger as (
    select tenant_id, channel_id, counted_on as day,
           array[count(*) filter (where direction = 'inbound'), count(*) filter (where direction = 'outbound'),
                 count(distinct conversation_id)]::int[] as counts
    from messages where counted_on is not null group by 1, 2, 3
  )
  select concat_ws(' ', channel_id, day) as id, coalesce(c.counts, '{}') as counted, coalesce(l.counts, '{}') as "inLedger"
  from counted c full join ledger l using (tenant_id, channel_id, day)`;

const sessions = `
  select count(*)::int as open,
         count(*) filter (where state like 'idle in transaction%' and state_change < now() - interval '5 seconds')::int as stuck,
         (select count(*) from pg_locks where not granted)::int as "waitingForLocks"
  from pg_stat_activity where client_port is not null and application_name like 'parley%'`;

type Listed = {
  readonly id: string;
  readonly at: string;
  readonly request: { readonly biz_opaque_callback_data?: string };
  readonly answer: { readonly status: number };
  readonly accepted: boolean;
  readonly heard: Readonly<Record<string, string>>;
};

/** Reads all of it, when nothing moves any more. */
export async function readFacts({ database, meta }: Pick<Product, 'database' | 'meta'>) {
  const ask = <Row extends object>(sql: string) => askOnce<Row>(database, sql);
  const count = async (sql: string) => (await ask<{ count: number }>(sql))[0]?.count ?? 0;
  const listed = await control<{ messages: Listed[] }>(meta, 'messages');
  return {
    messages: await ask<MessageRow>(messages),
    turns: await ask<TurnRow>(turns),
    conversations: await ask<ConversationRow>(conversations),
    usage: await ask<UsageRow>(usage),
    sends: listed.messages.map(
      ({ id, at, request, answer, accepted, heard }): Send => ({
        ...{ wamid: id, at: Date.parse(at), accepted, heard: Object.keys(heard) },
        message: request.biz_opaque_callback_data ?? '',
        answered: answer.status !== 0,
      }),
    ),
    sessions: (await ask<Sessions>(sessions))[0] ?? { open: 0, stuck: 0, waitingForLocks: 0 },
    quarantined: await count('select count(*)::int from quarantine'),
    failedJobs: await count("select count(*)::int from pgboss.job where state = 'failed'"),
  };
}
