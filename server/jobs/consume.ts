import type { JobResult } from 'pg-boss';
import { asPlatform } from '#server/db/as-platform.ts';
import { log } from '#server/log.ts';
import { boss } from './boss.ts';
import { catalog, type JobData, type JobName } from './catalog.ts';
import { enqueue } from './enqueue.ts';

const secondsOff = 3;

/** Throws away nothing: a job whose handling failed is tried again by the queue. */
export type Handled = 'done' | 'failed';

/**
 * Gives the handler as many waiting jobs at once as the catalog allows, in several lanes. It answers for each job, in
 * order; when it throws, all of them failed.
 */
export async function consume<N extends JobName>(
  name: N,
  handle: (jobs: JobData<N>[], givesWay: () => boolean) => Promise<Handled[]>,
  /** Asked before each batch: where it is so, the jobs go back to the queue for some seconds. Long work asks between its parts. */
  givesWay: (name: string) => boolean = () => false,
) {
  const { batch, lanes, payload } = catalog[name];
  const queue = await boss(true);
  await queue.work(
    name,
    {
      batchSize: batch,
      localConcurrency: lanes,
      perJobResults: true,
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 1,
      burstWhenBatchFull: true,
    },
    async (jobs): Promise<JobResult[]> => {
      try {
        if (givesWay(name)) {
          await putOff(
            name,
            jobs.map(({ data }) => payload.parse(data) as JobData<N>),
          );
          return jobs.map(({ id }) => ({ id, status: 'completed' }));
        }
        // The cast: TypeScript does not follow N from the name to its payload.
        const results = await handle(
          jobs.map(({ data }) => payload.parse(data) as JobData<N>),
          () => givesWay(name),
        );
        return jobs.map(({ id }, index) => ({
          id,
          status: results[index] === 'done' ? 'completed' : 'failed',
        }));
      } catch (error) {
        log().error({ err: error, queue: name, jobs: jobs.length }, 'jobs failed');
        throw error;
      }
    },
  );
}

const putOff = <N extends JobName>(name: N, jobs: JobData<N>[]) =>
  asPlatform((tx) => enqueue(tx, name, jobs, { afterSeconds: secondsOff }));
