import { asPlatform } from '#server/db/as-platform.ts';
import { env } from '#server/env.ts';
import type { JobData } from '#server/jobs/catalog.ts';
import type { Handled } from '#server/jobs/consume.ts';
import { enqueue } from '#server/jobs/enqueue.ts';
import { deliverMessages } from './deliver-message.ts';
import { makePace, type Pace } from './pace.ts';

type Job = JobData<'deliver'>;

/** One channel's conversations in this process. `backAt`: when the last one that went back to the queue returns. */
type Line = { pace: Pace; running: number; waiting: Job[]; backAt: number };

// Meta takes 80 messages a second from a number (more only after an upgrade), and answers 130429 to what is beyond.
const perSecond = 80;
// So many conversations of one channel talk to Meta at once: at its usual half a second the rate above. Where many
// channels are busy each gets less, so that a Meta that hangs does not fill the memory; never less than a few.
const atOnce = 40;
const atOnceOfAll = 1_000;
const fewest = 4;
// So many more wait in memory; beyond it the queue keeps them.
const mostWaiting = 400;
const mostWaitingOfAll = 10_000;
const soonestBack = 2;

// Kept while they rest: a pace is remembered. A few dozen bytes for each channel that ever sent.
const lines = new Map<string, Line>();
let busyLines = 0;
/** Every conversation that is here, and whether it has to be looked at once more when its turn ends. */
const here = new Map<string, { again: boolean }>();
let onDrained: (() => void)[] = [];

/**
 * The `deliver` jobs. They are done as soon as they are taken over here, so that a number that answers slowly holds up
 * no other: the outbox knows what has to leave, and the sweep finds it if this process dies.
 */
export async function startDeliveries(jobs: Job[]): Promise<Handled[]> {
  const putOff = Map.groupBy(
    jobs.filter((job) => !take(job)),
    secondsUntilRoom,
  );
  if (putOff.size > 0)
    await asPlatform(async (tx) => {
      for (const [afterSeconds, later] of putOff) await enqueue(tx, 'deliver', later, { afterSeconds });
    });
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
  const line = lineOf(job);
  if (line.waiting.length >= mostWaiting || here.size >= mostWaitingOfAll) return false;
  here.set(job.conversationId, { again: false });
  line.waiting.push(job);
  next(line);
  return true;
}

function lineOf({ channelId }: Job): Line {
  const known = lines.get(channelId);
  if (known) return known;
  const line: Line = { pace: makePace(ownRate()), running: 0, waiting: [], backAt: 0 };
  lines.set(channelId, line);
  return line;
}

/** The processes that one start makes share a number's rate. */
const ownRate = () => perSecond / env().WORKER_PROCESSES;

/** When there will be room for this one: after what waits here, and after those that went back before it. */
function secondsUntilRoom(job: Job): number {
  const line = lineOf(job);
  const now = performance.now() / 1_000;
  line.backAt = Math.max(line.backAt, now + line.waiting.length / ownRate()) + 1 / ownRate();
  return Math.max(soonestBack, Math.ceil(line.backAt - now));
}

function next(line: Line) {
  const share = Math.max(fewest, Math.min(atOnce, Math.floor(atOnceOfAll / (busyLines + 1))));
  while (line.running < share) {
    const job = line.waiting.shift();
    if (!job) break;
    if (line.running === 0) busyLines += 1;
    line.running += 1;
    void run(job, line).then(() => {
      line.running -= 1;
      if (line.running === 0) busyLines -= 1;
      next(line);
    });
  }
}

async function run(job: Job, { pace }: Line) {
  const state = here.get(job.conversationId) ?? { again: false };
  do {
    state.again = false;
    await deliverMessages(job, pace);
  } while (state.again);
  here.delete(job.conversationId);
  if (here.size > 0) return;
  for (const resolve of onDrained) resolve();
  onDrained = [];
}
