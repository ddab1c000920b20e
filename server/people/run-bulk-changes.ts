import { withTenant } from '#server/db/with-tenant.ts';
import type { JobData } from '#server/jobs/catalog.ts';
import type { Handled } from '#server/jobs/consume.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { log } from '#server/log.ts';
import { slice } from './bulk-change.ts';
import { runSlice } from './run-slice.ts';

/** Well within what the queue gives a job; the rest is another job's, behind those of other tenants. Milliseconds. */
const longest = 20_000;

/** The queue's: goes on with these bulk changes, a slice of each in turn, and leaves the rest to the queue when they give way. */
export async function runBulkChanges(
  jobs: JobData<'bulk-change'>[],
  givesWay: () => boolean = () => false,
): Promise<Handled[]> {
  const results = new Map<string, Handled>();
  const until = Date.now() + longest;
  let left = jobs;
  while (left.length > 0 && Date.now() < until && !givesWay()) {
    const still: typeof left = [];
    for (const job of left) {
      const result = await oneSlice(job);
      if (result === 'more') still.push(job);
      else results.set(job.changeId, result);
    }
    left = still;
  }
  for (const job of left) {
    await withTenant(job.tenantId, (tx) => enqueue(tx, 'bulk-change', [job]));
    results.set(job.changeId, 'done');
  }
  return jobs.map(({ changeId }) => results.get(changeId) ?? 'failed');
}

async function oneSlice({ tenantId, changeId }: JobData<'bulk-change'>): Promise<'more' | Handled> {
  try {
    const result = await withTenant(tenantId, (tx) => runSlice(tx, changeId, slice));
    return result === 'more' ? 'more' : 'done';
  } catch (error) {
    log().warn({ err: error, change: changeId }, 'a bulk change could not go on, the queue tries it again');
    return 'failed';
  }
}
