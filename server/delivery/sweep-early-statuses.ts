import { applyEarlyStatuses, freedBy } from '#server/conversations/apply-status.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { publish } from '#server/realtime/publish.ts';

const most = 5_000;

/** News that came before its message knew its wamid and missed it; what nobody claimed in seven days is deleted. */
export async function sweepEarlyStatuses() {
  await asPlatform(async (tx) => {
    const changed = await applyEarlyStatuses(tx);
    await tx.db.$executeRaw`
      delete from early_statuses where (tenant_id, channel_id, wamid, rung) in (
        select tenant_id, channel_id, wamid, rung from early_statuses
        where received_at < now() - interval '7 days' order by received_at limit ${most})`;
    await enqueue(tx, 'deliver', freedBy(changed));
    await publish(tx, changed);
  });
}
