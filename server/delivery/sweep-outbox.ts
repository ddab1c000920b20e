import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import type { JobData } from '#server/jobs/catalog.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { log } from '#server/log.ts';
import { publish } from '#server/realtime/publish.ts';
import { graphTimeout } from '#server/whatsapp/graph-client.ts';
import { lockMessages } from './lock-messages.ts';
import { unknownHolds } from './settle-attempt.ts';

type Row = { tenantId: string; conversationId: string };

// The call ends at its timeout; after that the outcome has twenty more seconds to be written. Milliseconds.
const orphanedAfter = graphTimeout + 20_000;
const lateAfter = 5_000;
const most = 1_000;

/**
 * What a killed or frozen process left behind. A claim of this age becomes `unknown`, for the request may have left:
 * it is settled by the status that carries our id, by the process if it wakes up after all, or by a person; never by
 * sending it again. A message that is due and has no job gets one. `ahead` looks from so many milliseconds later.
 */
export async function sweepOutbox(ahead = 0) {
  await asPlatform(async (tx) => {
    const orphaned = await markOrphans(tx, orphanedAfter - ahead);
    if (orphaned.length > 0)
      log().warn({ messages: orphaned.length }, 'attempts without an end are now unknown');
    const late = await tx.db.$queryRaw<JobData<'deliver'>[]>`
      select distinct c.tenant_id as "tenantId", c.id as "conversationId", c.channel_id as "channelId" from (
        select tenant_id, conversation_id from outbox
        where claimed_at is null and due_at < clock_timestamp() - ${lateAfter - ahead}::float8 * interval '1 millisecond'
        order by due_at limit ${most}) as due
      join conversations c on c.tenant_id = due.tenant_id and c.id = due.conversation_id`;
    await enqueue(tx, 'deliver', late);
    await publish(tx, orphaned);
  });
}

async function markOrphans(tx: PlatformTx, age: number): Promise<Row[]> {
  const old = await tx.db.$queryRaw<{ tenantId: string; messageId: string }[]>`
    select tenant_id as "tenantId", message_id as "messageId" from outbox
    where claimed_at < clock_timestamp() - ${age}::float8 * interval '1 millisecond' limit ${most}`;
  if (old.length === 0) return [];
  await lockMessages(tx, old);
  return tx.db.$queryRaw<Row[]>`
    with orphans as (
      update outbox o set claimed_at = null, unknown = true,
        -- One that a status has settled meanwhile holds nothing back.
        due_at = case when m.wamid is null then now() + ${unknownHolds} * interval '1 second' else now() end
      from messages m
      where (o.tenant_id, o.message_id) in (
          select * from unnest(${old.map((row) => row.tenantId)}::uuid[], ${old.map((row) => row.messageId)}::uuid[]))
        and o.claimed_at < clock_timestamp() - ${age}::float8 * interval '1 millisecond'
        and m.tenant_id = o.tenant_id and m.id = o.message_id
      returning o.tenant_id, o.message_id, o.conversation_id, o.attempts
    ), ended as (
      update attempts a set finished_at = now(), outcome = 'unknown'
      from orphans o where a.tenant_id = o.tenant_id and a.message_id = o.message_id and a.number = o.attempts
        and a.finished_at is null
    ), told as (
      update messages m set unknown_at = coalesce(m.unknown_at, now())
      from orphans o where m.tenant_id = o.tenant_id and m.id = o.message_id
    )
    select tenant_id as "tenantId", conversation_id as "conversationId" from orphans`;
}
