import { setTimeout as sleep } from 'node:timers/promises';
import { applyStatuses } from '#server/conversations/apply-status.ts';
import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { groupCommitter } from '#server/db/group-committer.ts';
import { isRowsFault } from '#server/db/sql-state.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { countWords, log, someIds } from '#server/log.ts';
import { publish } from '#server/realtime/publish.ts';
import type { MetaFailure } from '#server/whatsapp/events.ts';
import type { Claim } from './claim-message.ts';
import { lockMessages } from './lock-messages.ts';
import type { Verdict } from './retry.ts';

export type Settlement = { claim: Claim; verdict: Verdict; failure: MetaFailure | null };

/** How long a message with an unknown outcome holds back what follows it. Seconds. */
export const unknownHolds = 30;

const settlements = groupCommitter<Settlement, null>({
  name: 'delivery-settlements',
  commit: async (group) => {
    await settleOrSplit(group);
    return group.map(() => null);
  },
  lanes: 2,
});

// Milliseconds between tries. What Meta answered is known only here, so the database gets some time to come back;
// after that the attempt counts as one whose end nobody knows.
const patience = [100, 300, 1_000, 2_000, 5_000, 10_000];

/** Writes how an attempt ended; many at once are one transaction. */
export async function settleAttempt(settlement: Settlement) {
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

/** An answer of Meta's that no row can hold (an id that another message has, say) leaves its own outcome unknown, no other's. */
async function settleOrSplit(group: Settlement[]): Promise<void> {
  try {
    await asPlatform((tx) => settle(tx, group));
    logOutcomes(group);
  } catch (error) {
    const [first] = group;
    if (!isRowsFault(error) || !first) throw error;
    const middle = Math.ceil(group.length / 2);
    if (group.length > 1) {
      await settleOrSplit(group.slice(0, middle));
      await settleOrSplit(group.slice(middle));
    } else if (first.verdict.kind === 'unknown') throw error;
    else await settleOrSplit([{ claim: first.claim, verdict: { kind: 'unknown' }, failure: null }]);
  }
}

function logOutcomes(group: Settlement[]) {
  if (!log().isLevelEnabled('info')) return;
  const outcomes = countWords(group.map(({ verdict }) => verdict.kind));
  const conversations = someIds(group.map(({ claim }) => claim.conversationId));
  const messages = someIds(group.map(({ claim }) => claim.messageId));
  log().info({ outcomes, conversations, messages }, 'deliveries settled');
}

/**
 * Only the first word about an attempt counts (or the truth about one that was given up as unknown), so it does no harm
 * to say it twice: a commit whose answer was lost is repeated. Only the attempt that still holds the outbox row may
 * free it. News of the message from Meta, faster than its own answer, settles what would be unknown or tried again.
 */
async function settle(tx: PlatformTx, group: Settlement[]) {
  const rows = group.map(({ claim, verdict, failure }) => ({
    ...claim,
    outcome: verdict.kind,
    wamid: verdict.kind === 'accepted' ? verdict.wamid : null,
    failure: failure && JSON.stringify({ reason: 'refused', ...failure }),
    wait: waitOf(verdict),
  }));
  await lockMessages(tx, rows);
  await tx.db.$executeRaw`
    with given as (
      select * from unnest(
        ${rows.map((row) => row.tenantId)}::uuid[], ${rows.map((row) => row.messageId)}::uuid[],
        ${rows.map((row) => row.attempt)}::int[], ${rows.map((row) => row.outcome)}::text[],
        ${rows.map((row) => row.wamid)}::text[], ${rows.map((row) => row.failure)}::jsonb[],
        ${rows.map((row) => row.wait)}::int[]
      ) as g (tenant_id, message_id, number, outcome, wamid, failure, wait)
    ), ended as (
      update attempts a set finished_at = now(), outcome = g.outcome, failure = g.failure
      from given g
      where a.tenant_id = g.tenant_id and a.message_id = g.message_id and a.number = g.number
        and (a.finished_at is null or a.outcome = 'unknown')
      returning a.tenant_id, a.message_id, a.number
    ), outcomes as (
      select g.*, g.outcome in ('unknown', 'retry') and m.wamid is not null as settled,
             -- Given up as unknown while it was frozen, and now known not to have left: it is not tried again.
             g.outcome = 'retry' and m.wamid is null and o.claimed_at is null as too_late
      from given g join ended using (tenant_id, message_id, number)
      join messages m on m.tenant_id = g.tenant_id and m.id = g.message_id
      left join outbox o on o.tenant_id = g.tenant_id and o.message_id = g.message_id and o.attempts = g.number
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
    )
    delete from outbox o using outcomes g
    where o.tenant_id = g.tenant_id and o.message_id = g.message_id
      and (g.outcome in ('accepted', 'failed') or g.settled or g.too_late)`;
  await applyKeptNews(tx, rows);
  for (const [seconds, later] of Map.groupBy(rows, ({ wait }) => wait))
    if (seconds > 0) await enqueue(tx, 'deliver', later.map(conversationOf), { afterSeconds: seconds });
  await publish(tx, rows);
}

const conversationOf = ({ tenantId, conversationId, channelId }: Claim) => ({
  tenantId,
  conversationId,
  channelId,
});

const waitOf = (verdict: Verdict) =>
  verdict.kind === 'retry' ? verdict.afterSeconds : verdict.kind === 'unknown' ? unknownHolds : 0;

/** Statuses can be faster than the answer to the send. */
async function applyKeptNews(
  tx: PlatformTx,
  rows: { tenantId: string; channelId: string; wamid: string | null }[],
) {
  const accepted = rows.filter((row) => row.wamid !== null);
  if (accepted.length === 0) return;
  type Kept = {
    tenantId: string;
    channelId: string;
    wamid: string;
    rung: 'sent';
    at: Date;
    failure: unknown;
  };
  const kept = await tx.db.$queryRaw<Kept[]>`
    delete from early_statuses e using unnest(
      ${accepted.map((row) => row.tenantId)}::uuid[], ${accepted.map((row) => row.channelId)}::uuid[],
      ${accepted.map((row) => row.wamid)}::text[]) as a (tenant_id, channel_id, wamid)
    where (e.tenant_id, e.channel_id, e.wamid) = (a.tenant_id, a.channel_id, a.wamid)
    returning e.tenant_id as "tenantId", e.channel_id as "channelId", e.wamid, e.rung, e.at, e.failure`;
  await applyStatuses(
    tx,
    kept.map((row) => ({ ...row, messageId: null })),
  );
}
