import { holdDayMessages, roomOf } from '#server/capacity/day-messages.ts';
import { handOverUndelivered, tooLate } from '#server/conversations/undelivered.ts';
import { asBatch, type BatchTx } from '#server/db/as-batch.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { log } from '#server/log.ts';
import { publish } from '#server/realtime/publish.ts';

type Held = {
  tenantId: string;
  id: string;
  conversationId: string;
  channelId: string;
  windowOpen: boolean;
};

const mostTenants = 1_000;
const most = 500;

/**
 * Lets go what the bot could not say for want of quota, oldest first, where there is room again: a new day, a larger
 * tier. What a person answered meanwhile was withdrawn then. Where the window has closed it is too late: it fails, and
 * the conversation becomes a person's.
 */
export async function releaseHeld(now = new Date()) {
  const tenants = await asBatch(
    ({ db }) => db.$queryRaw<{ id: string }[]>`
      select t.id from tenants t where t.state = 'active'
        and exists (select from messages m where m.tenant_id = t.id and m.held_at is not null)
      limit ${mostTenants}`,
  );
  for (const { id } of tenants)
    for (let settled = most; settled === most; ) settled = await releaseSome(id, now);
}

/** Returns how many were settled, one way or the other. */
async function releaseSome(tenantId: string, now: Date): Promise<number> {
  const settled = await asBatch(async (tx) => {
    const held = await lockHeld(tx, tenantId, now);
    const late = held.filter(({ windowOpen }) => !windowOpen);
    const inTime = held.filter(({ windowOpen }) => windowOpen);
    const freed = inTime.slice(0, await room(tx, tenantId, inTime.length, now));
    await giveUp(tx, late, now);
    await letGo(tx, freed, now);
    await enqueue(
      tx,
      'deliver',
      freed.map(({ id: _, windowOpen: __, ...job }) => job),
    );
    await publish(tx, [...late, ...freed]);
    return [...late, ...freed];
  });
  if (settled.length > 0) log().info({ messages: settled.length }, 'held messages let go or given up');
  return settled.length;
}

/** Nobody else changes these conversations until the end; what somebody else holds now is looked at the next time. */
const lockHeld = ({ db }: BatchTx, tenantId: string, now: Date) =>
  db.$queryRaw<Held[]>`
    select m.tenant_id as "tenantId", m.id, m.conversation_id as "conversationId", m.channel_id as "channelId",
           coalesce(c.window_closes_at > ${now}::timestamptz, false) as "windowOpen"
    from messages m join conversations c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
    where m.tenant_id = ${tenantId}::uuid and m.held_at is not null
    order by m.held_at, m.id limit ${most}
    for no key update of c skip locked`;

async function room(tx: BatchTx, tenantId: string, wanted: number, now: Date): Promise<number> {
  if (wanted === 0) return 0;
  const day = (await holdDayMessages(tx, new Map([[tenantId, wanted]]), now)).get(tenantId);
  return day ? Math.min(wanted, roomOf(day, 'bot')) : 0;
}

async function giveUp(tx: BatchTx, late: Held[], now: Date) {
  if (late.length === 0) return;
  await tx.db.$executeRaw`
    with gone as (
      delete from outbox
      where (tenant_id, message_id) in (select * from unnest(${late.map((one) => one.tenantId)}::uuid[], ${late.map((one) => one.id)}::uuid[]))
    )
    update messages set held_at = null, failed_at = ${now}::timestamptz, failure = ${tooLate}::jsonb
    where (tenant_id, id) in (select * from unnest(${late.map((one) => one.tenantId)}::uuid[], ${late.map((one) => one.id)}::uuid[]))`;
  await handOverUndelivered(
    tx,
    late.map((one) => ({ ...one, why: null })),
  );
}

/** They are spent today, when they leave, and not on the day when they were written. */
async function letGo(tx: BatchTx, freed: Held[], now: Date) {
  if (freed.length === 0) return;
  await tx.db.$executeRaw`
    with freed as (
      update messages m set held_at = null,
        counted_on = usage_day(t.time_zone, t.former_time_zone, t.time_zone_from, ${now}::timestamptz)
      from tenants t
      where (m.tenant_id, m.id) in (select * from unnest(${freed.map((one) => one.tenantId)}::uuid[], ${freed.map((one) => one.id)}::uuid[]))
        and t.id = m.tenant_id
      returning m.tenant_id, m.id, m.conversation_id, m.channel_id, m.counted_on
    ), due as (
      update outbox o set due_at = now() from freed f where o.tenant_id = f.tenant_id and o.message_id = f.id
    ), first as (
      select distinct on (tenant_id, conversation_id) * from freed order by tenant_id, conversation_id, id
    ), active as (
      update conversations c set active_on = f.counted_on, active_by = f.id
      from first f
      where c.tenant_id = f.tenant_id and c.id = f.conversation_id and (c.active_on < f.counted_on or c.active_on is null)
      returning c.tenant_id, c.channel_id, f.counted_on
    )
    insert into usage as u (tenant_id, day, channel_id, slot, outbound, active)
    select tenant_id, day, channel_id, pg_backend_pid() % 64, sum(outbound), sum(active)
    from (
      select tenant_id, counted_on as day, channel_id, 1 as outbound, 0 as active from freed
      union all
      select tenant_id, counted_on, channel_id, 0, 1 from active
    ) as counted group by tenant_id, day, channel_id order by tenant_id, day, channel_id
    on conflict (tenant_id, day, channel_id, slot) do update set
      outbound = u.outbound + excluded.outbound, active = u.active + excluded.active`;
}
