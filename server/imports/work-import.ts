import { sqlState } from '#server/db/sql-state.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import type { Handled } from '#server/jobs/consume.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { log } from '#server/log.ts';
import { publishEverything } from '#server/realtime/publish.ts';
import { Refusal } from '#server/refusal.ts';
import { readImport } from './import-record.ts';
import { readHead } from './read-head.ts';
import { undoSlice } from './undo-slice.ts';
import { Unreadable } from './unreadable.ts';
import { forgetRun, workSlice } from './work-slice.ts';

type Job = { tenantId: string; importId: string };

/** Works a few seconds on each of these imports, less when they give way, and puts those that are not done behind all others. */
export const workImports = (jobs: Job[], givesWay: () => boolean = () => false): Promise<Handled[]> =>
  Promise.all(jobs.map((job) => workImport(job, givesWay)));

const atWork = new Map<string, Promise<Handled>>();

/** One job at a time for an import. Another one waits: it may have been ordered after the last look of the one at work. */
async function workImport(job: Job, givesWay: () => boolean): Promise<Handled> {
  while (atWork.has(job.importId)) await atWork.get(job.importId);
  const work = workOrGiveUp(job, givesWay);
  atWork.set(job.importId, work);
  try {
    return await work;
  } finally {
    atWork.delete(job.importId);
  }
}

async function workOrGiveUp(job: Job, givesWay: () => boolean): Promise<Handled> {
  const { tenantId, importId } = job;
  try {
    const goesOn = await workSome(job, givesWay);
    if (goesOn) await withTenant(tenantId, (tx) => enqueue(tx, 'import', [job]));
    return 'done';
  } catch (error) {
    forgetRun(importId);
    if (error instanceof Unreadable || error instanceof Refusal) return await giveUp(job, error.message);
    log().error({ err: error, importId }, 'work on an import failed');
    // What the rows hold will not be taken another time either; anything else may be over in a moment.
    if (!/^2[23]/.test(sqlState(error) ?? '')) return 'failed';
    return await giveUp(
      job,
      'Something in this file could not be stored. It has been noted; what is in already stays.',
    );
  }
}

async function workSome({ tenantId, importId }: Job, givesWay: () => boolean): Promise<boolean> {
  const found = await readImport(tenantId, importId);
  switch (found?.state) {
    case 'reading':
      return readHead(found);
    case 'checking':
    case 'running':
      return workSlice(found, givesWay);
    case 'undoing':
      return undoSlice(found);
    default:
      forgetRun(importId);
      return false;
  }
}

async function giveUp({ tenantId, importId }: Job, failure: string): Promise<Handled> {
  await withTenant(tenantId, async (tx) => {
    await tx.db.$executeRaw`
      update imports set state = 'failed', failure = ${failure.slice(0, 1_000)}, finished_at = now()
      where tenant_id = ${tenantId}::uuid and id = ${importId}::uuid and state in ('reading', 'checking', 'running')`;
    await publishEverything(tx);
  });
  return 'done';
}
