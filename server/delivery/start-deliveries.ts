import { asPlatform } from '#server/db/as-platform.ts';
import type { JobData } from '#server/jobs/catalog.ts';
import type { Handled } from '#server/jobs/consume.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { deliverMessages } from './deliver-message.ts';

type Job = JobData<'deliver'>;

/** One channel's conversations in this process. */
type Line = { running: number; waiting: Job[] };

// So many conversations of one channel talk to Meta at once, and so many more wait in memory; beyond it the queue keeps them.
const atOnce = 40;
const mostWaiting = 400;
const mostOfAll = 4_000;
const putOffSeconds = 2;

const lines = new Map<string, Line>();
/** Every conversation that is here, and whether it has to be looked at once more when its turn ends. */
const here = new Map<string, { again: boolean }>();
let onDrained: (() => void)[] = [];

/**
 * The `deliver` jobs. They are done as soon as they are taken over here, so that a number that answers slowly holds up
 * no other: the outbox knows what has to leave, and the sweep finds it if this process dies.
 */
export async function startDeliveries(jobs: Job[]): Promise<Handled[]> {
  const tooMany = jobs.filter((job) => !take(job));
  if (tooMany.length > 0)
    await asPlatform((tx) => enqueue(tx, 'deliver', tooMany, { afterSeconds: putOffSeconds }));
  return jobs.map(() => 'done');
}

/** Resolves once nothing is under way here any more; what waits is left to the outbox. */
export function deliveriesDrained(): Promise<void> {
  for (const line of lines.values())
    for (const { conversationId } of line.waiting.splice(0)) here.delete(conversationId);
  return here.size === 0 ? Promise.resolve() : new Promise((resolve) => onDrained.push(resolve));
}

function take(job: Job): boolean {
  const known = here.get(job.conversationId);
  if (known) {
    known.again = true;
    return true;
  }
  const line = lines.get(job.channelId) ?? { running: 0, waiting: [] };
  if (line.waiting.length >= mostWaiting || here.size >= mostOfAll) return false;
  lines.set(job.channelId, line);
  here.set(job.conversationId, { again: false });
  line.waiting.push(job);
  next(job.channelId, line);
  return true;
}

function next(channelId: string, line: Line) {
  while (line.running < atOnce) {
    const job = line.waiting.shift();
    if (!job) break;
    line.running += 1;
    void run(job).then(() => {
      line.running -= 1;
      next(channelId, line);
    });
  }
  if (line.running === 0 && line.waiting.length === 0) lines.delete(channelId);
}

async function run(job: Job) {
  const state = here.get(job.conversationId) ?? { again: false };
  do {
    state.again = false;
    await deliverMessages(job);
  } while (state.again);
  here.delete(job.conversationId);
  if (here.size > 0) return;
  for (const resolve of onDrained) resolve();
  onDrained = [];
}
