import { setTimeout as sleep } from 'node:timers/promises';
import { applyStatuses, type StatusNews } from '#server/conversations/apply-status.ts';
import { hearRefusals } from '#server/conversations/hear-wishes.ts';
import { handOverUndelivered, type Undelivered } from '#server/conversations/undelivered.ts';
import { asBatch, type BatchTx } from '#server/db/as-batch.ts';
import { groupCommitter } from '#server/db/group-committer.ts';
import { isRowsFault } from '#server/db/sql-state.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { countWords, log, someIds } from '#server/log.ts';
import { publish } from '#server/realtime/publish.ts';
import type { MetaFailure } from '#server/whatsapp/events.ts';
import { stoppedMarketing } from '#server/whatsapp/failures.ts';
import { storable } from '#server/whatsapp/json.ts';
import type { Claim } from './claim-message.ts';
import { lockMessages } from './lock-messages.ts';
import type { Verdict } from './retry.ts';

export type Settlement = { claim: Claim; verdict: Verdict; failure: MetaFailure | null };

/** How long a message with an unknown outcome holds back what follows it. Seconds. */
export const unknownHolds = 30;

/** What follows an attempt: whether more of its conversation waits. Said too often rather than too seldom. */
type After = { more: boolean };

const settlements = groupCommitter<Settlement, After>({
  name: 'delivery-settlements',
  commit: async (group) => {
    const alone = await settleOrSplit(group);
    return group.map(({ claim }) => ({ more: !alone.has(claim.messageId) }));
  },
  lanes: 2,
});

// Milliseconds between tries. What Meta answered is known only here, so the database gets some time to come back;
// after that the attempt counts as one whose end nobody knows.
const patience = [100, 300, 1_000, 2_000, 5_000, 10_000];

/** Writes how an attempt ended; many at once are one transaction. */
export async function settleAttempt(settlement: Settlement): Promise<After> {
  for (const wait of patience) {
    try {
      return await settlements.add(settlement);
    } catch (error) {
      log().warn({ err: error, message: settlement.claim.messageId }, 'an outcome is not written yet');
      await sleep(wait);
    }
  }
  return settlements.add(settlement);
}

/**
 * An answer of Meta's that no row can hold (an id that another message has, say) leaves its own outcome unknown, no
 * other's. Returns the messages behind which nothing waits.
 */
async function settleOrSplit(group: Settlement[]): Promise<Set<string>> {
  try {
    const conversations = group.map(({ claim }) => claim);
    const alone = await asBatch(
      (tx) => settle(tx, group),
      (tx) => publish(tx, conversations),
    );
    logOutcomes(group);
    return alone;
  } catch (error) {
    const [first] = group;
    if (!isRowsFault(error) || !first) throw error;
    const middle = Math.ceil(group.length / 2);
    if (group.length > 1) {
      const alone = await settleOrSplit(group.slice(0, middle));
      return new Set([...alone, ...(await settleOrSplit(group.slice(middle)))]);
    }
    if (first.verdict.kind === 'unknown') throw error;
    return settleOrSplit([{ claim: first.claim, verdict: { kind: 'unknown' }, failure: null }]);
  }
}

function logOutcomes(group: Settlement[]) {
  if (!log().isLevelEnabled('info')) return;
  const outcomes = countWords(group.map(({ verdict }) => verdict.kind));
  const conversations = someIds(group.map(({ claim }) => claim.conversationId));
  const messages = someIds(group.map(({ claim }) => claim.messageId));
  log().info({ outcomes, conversations, messages }, 'deliveries settled');
}

type Row = Claim & {
  outcome: Verdict['kind'];
  wamid: string | null;
  failure: object | null;
  code: number | null;
  wait: number;
};

async function settle(tx: BatchTx, group: Settlement[]): Promise<Set<string>> {
  const rows = group.map(({ claim, verdict, failure }) => ({
    ...claim,
    outcome: verdict.kind,
    wamid: verdict.kind === 'accepted' ? verdict.wamid : null,
    failure: failure && { reason: 'refused', ...failure },
    code: failure?.code ?? null,
    wait: waitOf(verdict),
  }));
  const [, { kept, alone, failed }] = await Promise.all([lockMessages(tx, rows), writeOutcomes(tx, rows)]);
  await applyStatuses(tx, kept);
  await handOverUndelivered(tx, failed);
  await hearRefusals(
    tx,
    rows.filter(({ outcome, code }) => outcome === 'failed' && code === stoppedMarketing),
    new Date(),
  );
  for (const [seconds, later] of Map.groupBy(rows, ({ wait }) => wait))
    if (seconds > 0) await enqueue(tx, 'deliver', later.map(conversationOf), { afterSeconds: seconds });
  return new Set(alone);
}

type Written = { kept: Kept[] | null; alone: string[] | null; failed: Undelivered[] | null };
type Kept = Omit<StatusNews, 'messageId' | 'at'> & { at: string };

/**
 * Only the first word about an attempt counts (or the truth about one that was given up as unknown), so it does no harm
 * to say it twice: a commit whose answer was lost is repeated. Only the attempt that still holds the outbox row may
 * free it. News of the message from Meta, faster than its own answer, settles what would be unknown or tried again.
 * Returns the statuses that were faster than the answer to the send, whom nothing waits behind, and what has failed.
 */
async function writeOutcomes(tx: BatchTx, rows: Row[]) {
  const [written] = await tx.db.$queryRaw<Written[]>`
    with ended as (
      update attempts a set finished_at = now(), outcome = g.outcome, failure = g.failure
      from jsonb_to_recordset(${storable(JSON.stringify(rows.map(asGiven)))}::jsonb) as g (
        "tenantId" uuid, "messageId" uuid, number int, outcome text, wamid text, failure jsonb, wait int)
      where a.tenant_id = g."tenantId" and a.message_id = g."messageId" and a.number = g.number
        and (a.finished_at is null or a.outcome = 'unknown')
      returning a.tenant_id, a.message_id, a.number, g.outcome, g.wamid, g.failure, g.wait
    ), outcomes as materialized (
      select e.*, m.conversation_id, m.channel_id, m.author, m.wamid is null as nameless,
             e.outcome in ('unknown', 'retry') and m.wamid is not null as settled,
             -- Given up as unknown while it was frozen, and now known not to have left: it is not tried again.
             e.outcome = 'retry' and m.wamid is null and o.claimed_at is null as too_late
      from ended e
      join messages m on m.tenant_id = e.tenant_id and m.id = e.message_id
      left join outbox o on o.tenant_id = e.tenant_id and o.message_id = e.message_id and o.attempts = e.number
    ), told as (
      update messages m set
        wamid = coalesce(m.wamid, g.wamid),
        accepted_at = case when g.outcome = 'accepted' then coalesce(m.accepted_at, now()) else m.accepted_at end,
        failed_at = case when g.outcome = 'failed' or g.too_late then coalesce(m.failed_at, now()) else m.failed_at end,
        unknown_at = case when g.outcome = 'unknown' and not g.settled then coalesce(m.unknown_at, now()) else m.unknown_at end,
        failure = coalesce(g.failure, m.failure)
      from outcomes g
      where m.tenant_id = g.tenant_id and m.id = g.message_id and (g.outcome <> 'retry' or g.too_late)
    ), waiting as (
      -- By the transaction's time, which the queue adds to as well: its job must not come a moment too early.
      update outbox o set claimed_at = null, due_at = now() + g.wait * interval '1 second', unknown = g.outcome = 'unknown'
      from outcomes g where o.tenant_id = g.tenant_id and o.message_id = g.message_id
        and o.attempts = g.number and o.claimed_at is not null
        and g.outcome in ('retry', 'unknown') and not g.settled
    ), gone as (
      delete from outbox o using outcomes g
      where o.tenant_id = g.tenant_id and o.message_id = g.message_id
        and (g.outcome in ('accepted', 'failed') or g.settled or g.too_late)
    ), kept as (
      delete from early_statuses e using outcomes g
      where e.tenant_id = g.tenant_id and e.channel_id = g.channel_id and e.wamid = g.wamid
      returning e.tenant_id, e.channel_id, e.wamid, e.rung, e.at, e.failure, e.category, e.type
    )
    select (
      select json_agg(json_build_object('tenantId', tenant_id, 'channelId', channel_id, 'wamid', wamid, 'rung', rung,
                                        'at', at, 'failure', failure, 'pricing', case when category is not null
                                        then json_build_object('category', category, 'type', type) end)) from kept
    ) as kept, (
      select json_agg(message_id) from outcomes g
      where not exists (select from outbox o where o.tenant_id = g.tenant_id and o.conversation_id = g.conversation_id
                          and o.message_id <> g.message_id)
    ) as alone, (
      select json_agg(json_build_object('tenantId', tenant_id, 'conversationId', conversation_id,
                                        'why', failure -> 'code'))
      from outcomes where author = 'bot' and nameless and (outcome = 'failed' or too_late)
        -- Who wants no more messages, or is blocked, needs nobody who takes over.
        and coalesce(failure ->> 'reason', '') not in ('opted-out', 'blocked')
    ) as failed`;
  return {
    kept: (written?.kept ?? []).map((one) => ({ ...one, at: new Date(one.at), messageId: null })),
    alone: written?.alone ?? [],
    failed: written?.failed ?? [],
  };
}

function asGiven({ tenantId, messageId, attempt: number, outcome, wamid, failure, wait }: Row) {
  return { tenantId, messageId, number, outcome, wamid, failure, wait };
}

const conversationOf = ({ tenantId, conversationId, channelId }: Claim) => ({
  tenantId,
  conversationId,
  channelId,
});

const waitOf = (verdict: Verdict) =>
  verdict.kind === 'retry' ? verdict.afterSeconds : verdict.kind === 'unknown' ? unknownHolds : 0;
