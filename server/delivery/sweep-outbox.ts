import { asPlatform } from '#server/db/as-platform.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { log } from '#server/log.ts';
import { publish } from '#server/realtime/publish.ts';
import { graphTimeout } from '#server/whatsapp/graph-client.ts';
import { unknownHolds } from './settle-attempt.ts';

type Row = { tenantId: string; conversationId: string };

// A living process has written the outcome by then: the call ends at its timeout, the rest is patience.
const orphanedAfter = graphTimeout + 20_000;
const lateAfter = 5_000;
const most = 1_000;

/**
 * What a killed process left behind. A claim whose process cannot be alive any more becomes `unknown`, for the request
 * may have left: it is settled by the status that carries our id, or by a person, never by sending it again. A message
 * that is due and has no job gets one.
 */
export async function sweepOutbox(now = new Date()) {
  await asPlatform(async (tx) => {
    const orphaned = await tx.db.$queryRaw<Row[]>`
      with orphans as (
        select tenant_id, message_id, attempts from outbox
        where claimed_at < ${new Date(now.getTime() - orphanedAfter)}::timestamptz
        order by tenant_id, message_id limit ${most} for update skip locked
      ), ended as (
        update attempts a set finished_at = ${now}::timestamptz, outcome = 'unknown'
        from orphans o where a.tenant_id = o.tenant_id and a.message_id = o.message_id and a.number = o.attempts
      ), told as (
        update messages m set unknown_at = coalesce(m.unknown_at, ${now}::timestamptz)
        from orphans o where m.tenant_id = o.tenant_id and m.id = o.message_id
        returning m.tenant_id, m.id, m.status
      )
      update outbox o set claimed_at = null, unknown = true,
        -- One that a status settled meanwhile holds nothing back.
        due_at = case when t.status = 'unknown' then ${new Date(now.getTime() + unknownHolds * 1000)}::timestamptz else ${now}::timestamptz end
      from told t where o.tenant_id = t.tenant_id and o.message_id = t.id
      returning o.tenant_id as "tenantId", o.conversation_id as "conversationId"`;
    if (orphaned.length > 0)
      log().warn({ messages: orphaned.length }, 'attempts without an end are now unknown');
    const late = await tx.db.$queryRaw<Row[]>`
      select distinct tenant_id as "tenantId", conversation_id as "conversationId" from (
        select tenant_id, conversation_id from outbox
        where claimed_at is null and due_at < ${new Date(now.getTime() - lateAfter)}::timestamptz
        order by due_at limit ${most}) as due`;
    await enqueue(tx, 'deliver', late);
    await publish(tx, orphaned);
  });
}
