import { asPlatform } from '#server/db/as-platform.ts';
import type { JobData } from '#server/jobs/catalog.ts';
import { enqueue } from '#server/jobs/enqueue.ts';

/** As many as a sweep hands out: however many are due, the queue stays short. */
const mostAtOnce = 50;

/**
 * Makes a job for each channel that is due to be looked after; each tenant's longest waiting one first, then each one's
 * second, so that nobody's hundred channels come before another's only one. Not those of a suspended tenant, and not
 * those that were disconnected.
 */
export const sweepChannels = () =>
  asPlatform(async (tx) => {
    const due = await tx.db.$queryRaw<JobData<'watch-channel'>[]>`
      with due as (
        select c.tenant_id, c.id, h.due_at,
               row_number() over (partition by c.tenant_id order by h.due_at nulls first, c.id) as turn
        from channels c
        join tenants t on t.id = c.tenant_id and t.state = 'active'
        left join channel_health h on h.tenant_id = c.tenant_id and h.channel_id = c.id
        where c.disconnected_at is null and (h.due_at is null or h.due_at <= now())
        order by turn, h.due_at nulls first limit ${mostAtOnce}
      )
      insert into channel_health as h (tenant_id, channel_id, due_at)
      select tenant_id, id, now() + interval '2 minutes' from due order by tenant_id, id
      on conflict (tenant_id, channel_id) do update set due_at = excluded.due_at where h.due_at <= now()
      returning h.tenant_id as "tenantId", h.channel_id as "channelId"`;
    await enqueue(tx, 'watch-channel', due);
  });
