import { holdDayMessages, roomOf } from '#server/capacity/day-messages.ts';
import { recordEvents } from '#server/conversations/record-event.ts';
import { outboundAt, recordOutbound } from '#server/conversations/record-outbound.ts';
import { asBatch, type BatchTx } from '#server/db/as-batch.ts';
import { newId } from '#server/db/id.ts';
import type { JobData } from '#server/jobs/catalog.ts';
import type { Handled } from '#server/jobs/consume.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { countWords, log, someIds } from '#server/log.ts';
import { turns as turnsMetric } from '#server/metrics.ts';
import { publish } from '#server/realtime/publish.ts';
import { type Decision, decide } from './decide.ts';
import { liveScripts } from './live-script.ts';
import { mostMessages, readOpenTurns, saveDecisions } from './open-turns.ts';
import { repliesByTenant, shareOut } from './share-out.ts';

type Job = JobData<'take-turns'>;

/** Begins to deliver; what it does not get to, the sweep finds. */
type Deliver = (jobs: JobData<'deliver'>[]) => Promise<unknown>;

/**
 * The `take-turns` jobs: many conversations in one transaction. When that fails, each alone: one that cannot be
 * answered holds nobody else. What the bot says is handed to `deliver` at once; it has no job, for it waits in the outbox.
 */
export async function takeTurns(jobs: Job[], deliver?: Deliver): Promise<Handled[]> {
  try {
    // Two jobs of one conversation (one of them was put off) are one turn.
    const said = await takeTogether([...new Map(jobs.map((job) => [job.conversationId, job])).values()]);
    await deliver?.(said).catch((error: unknown) => log().warn({ err: error }, 'the sweep delivers'));
    return jobs.map(() => 'done');
  } catch (error) {
    if (jobs.length > 1) return takeOneByOne(jobs, deliver);
    log().error({ err: error, conversation: jobs[0]?.conversationId }, 'a turn failed');
    return ['failed'];
  }
}

async function takeOneByOne(jobs: Job[], deliver?: Deliver): Promise<Handled[]> {
  const handled: Handled[] = [];
  for (const job of jobs) handled.push(...(await takeTurns([job], deliver)));
  return handled;
}

/**
 * Locks first, then reads: what a webhook commits while it holds a conversation is either read here, or finds this job
 * gone and makes its own. A conversation that somebody else holds at this moment is asked again a second later.
 * Returns where the bot said something.
 */
async function takeTogether(jobs: Job[]): Promise<JobData<'deliver'>[]> {
  const now = new Date();
  const decisions = await asBatch(async (tx) => {
    const locked = await lockConversations(tx, jobs);
    const ids = new Set(locked.map(({ conversationId }) => conversationId));
    const skipped = await thoseThatExist(
      tx,
      jobs.filter(({ conversationId }) => !ids.has(conversationId)),
    );
    const open = await readOpenTurns(tx, locked);
    const scripts = await liveScripts(tx, open);
    const made = open.map((conversation) => decide(conversation, scripts, now));
    await write(tx, made, await shareOfToday(tx, made, now), now);
    await enqueue(tx, 'take-turns', [...skipped, ...made.filter(mayHaveMore).map(jobOf)], {
      afterSeconds: 1,
    });
    return made;
  }, tellBrowsers);
  tell(decisions, Date.now() - now.getTime());
  return decisions
    .filter(({ says }) => says.length > 0)
    .map((decision) => ({ ...jobOf(decision), channelId: decision.conversation.channelId }));
}

function tell(decisions: Decision[], ms: number) {
  const outcomes = decisions.flatMap(({ turns }) => turns.map(({ outcome }) => outcome));
  for (const outcome of outcomes) turnsMetric.inc({ outcome });
  if (outcomes.length === 0 || !log().isLevelEnabled('info')) return;
  const answered = decisions.filter(({ turns }) => turns.length > 0);
  const conversations = someIds(answered.map(({ conversation }) => conversation.conversationId));
  log().info({ turns: countWords(outcomes), conversations, ms }, 'turns taken');
}

const mayHaveMore = ({ turns }: Decision) => turns.length >= mostMessages;

const jobOf = ({ conversation: { tenantId, conversationId } }: Decision): Job => ({
  tenantId,
  conversationId,
});

async function lockConversations(tx: BatchTx, jobs: Job[]): Promise<Job[]> {
  return tx.db.$queryRaw<Job[]>`
    select c.tenant_id as "tenantId", c.id as "conversationId"
    from unnest(${jobs.map((job) => job.tenantId)}::uuid[], ${jobs.map((job) => job.conversationId)}::uuid[])
         as j (tenant_id, id)
    join conversations c using (tenant_id, id)
    order by c.tenant_id, c.id
    for no key update of c skip locked`;
}

async function thoseThatExist(tx: BatchTx, jobs: Job[]): Promise<Job[]> {
  if (jobs.length === 0) return [];
  return tx.db.$queryRaw<Job[]>`
    select c.tenant_id as "tenantId", c.id as "conversationId"
    from unnest(${jobs.map((job) => job.tenantId)}::uuid[], ${jobs.map((job) => job.conversationId)}::uuid[])
         as j (tenant_id, id)
    join conversations c using (tenant_id, id)`;
}

/** Ledger, replies, states and hand-overs: everything or nothing. */
async function write(tx: BatchTx, decisions: Decision[], shares: number[], now: Date) {
  const said = decisions.map((decision, index) => replies(decision, shares[index] ?? 0, now));
  const handOvers = decisions.map((decision, index) => handOver(decision, said[index]?.at(-1)?.at ?? now));
  await Promise.all([
    saveDecisions(tx, decisions, now),
    recordOutbound(tx, said.flat(), now),
    recordEvents(tx, handOvers.flat()),
  ]);
}

const tellBrowsers = (tx: BatchTx, decisions: Decision[]) =>
  publish(
    tx,
    decisions.map(({ conversation }) => conversation),
  );

/** The line that says so, below what was said last. */
function handOver({ conversation: { tenantId, conversationId }, silence, handedOver }: Decision, at: Date) {
  if (!handedOver) return [];
  return [{ tenantId, conversationId, at, kind: 'handed-over' as const, actorId: null, detail: silence }];
}

/** How many of each one's replies may leave today. */
async function shareOfToday(tx: BatchTx, decisions: Decision[], now: Date): Promise<number[]> {
  const wanted = repliesByTenant(decisions);
  if (wanted.size === 0) return [];
  const days = await holdDayMessages(tx, wanted, now);
  return shareOut(decisions, (tenantId) => {
    const day = days.get(tenantId);
    return day ? roomOf(day, 'bot') : 0;
  });
}

/**
 * In the order in which they were said, each at least a millisecond after what stands before it. Beyond the first
 * `share` they are held until there is room again.
 */
function replies({ conversation, says }: Decision, share: number, now: Date) {
  const { tenantId, conversationId, channelId } = conversation;
  let lastAt = conversation.lastAt;
  return says.map((content, index) => {
    lastAt = outboundAt(now, lastAt);
    return {
      tenantId,
      id: newId(),
      conversationId,
      channelId,
      at: lastAt,
      author: 'bot' as const,
      authorId: null,
      kind: content.kind,
      body: content.body,
      content: content.kind === 'buttons' ? { buttons: content.buttons } : null,
      held: index >= share,
    };
  });
}
