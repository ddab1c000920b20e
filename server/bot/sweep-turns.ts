import { asPlatform } from '#server/db/as-platform.ts';
import type { JobData } from '#server/jobs/catalog.ts';
import { enqueue } from '#server/jobs/enqueue.ts';

const overdueAfter = 10_000;
const most = 1_000;

/** Messages that have waited for their turn for ten seconds get a job, whatever became of the one they had. */
export async function sweepTurns(now = new Date()) {
  await asPlatform(async (tx) => {
    const overdue = await tx.db.$queryRaw<JobData<'take-turns'>[]>`
      select distinct tenant_id as "tenantId", conversation_id as "conversationId" from (
        select tenant_id, conversation_id from turns
        where decided_at is null and created_at < ${new Date(now.getTime() - overdueAfter)}::timestamptz
        limit ${most}) as overdue`;
    await enqueue(tx, 'take-turns', overdue);
  });
}
