import { performance } from 'node:perf_hooks';
import { type Address, type ConnectionCounts, openConnections } from '#load/wire/connections.ts';
import { type Send, sendEvenly, sendInTurn, sendPlanned } from './drives.ts';
import { createLatencies, type LatencySummary } from './latency.ts';
import { planArrivals, type Stage } from './plan-arrivals.ts';
import { type MessagePlan, type PreparedWebhooks, prepareWebhooks } from './prepare-webhooks.ts';
import { createTally, type TallyCounts, type TallyResult } from './tally.ts';

/**
 * `closed`: so many connections, each sends its next request when its last was answered; for throughput. `open`:
 * requests leave when the plan says, whatever the answers do, and latency counts from the planned moment; for latency.
 */
export type Drive =
  | {
      readonly kind: 'closed';
      readonly connections: number;
      readonly seconds: number;
      /** Webhooks after which it ends earlier. */
      readonly most?: number;
    }
  | {
      readonly kind: 'open';
      readonly stages: readonly Stage[];
      readonly seed: number;
      /** Connections that are opened first, one request on each, and then used in turn. */
      readonly held?: number;
    };

/** What one generator does, once. */
export type GeneratorJob = {
  readonly addresses: readonly Address[];
  readonly plan: MessagePlan;
  /** The first webhook; a later job of the same run begins where this one ended. */
  readonly first: number;
  readonly drive: Drive;
  readonly timeoutMs: number;
};

/** Once a second. */
export type Tick = TallyCounts & {
  readonly second: number;
  readonly latency: LatencySummary;
  readonly connections: ConnectionCounts;
};

export type GeneratorResult = TallyResult & {
  /** When the first request left: milliseconds since 1970, with fractions. */
  readonly startedAt: number;
  /** From the first request to the end of the plan; answers that were still to come are waited for. */
  readonly seconds: number;
  /** Timed answers 200 within these seconds. */
  readonly inTime: number;
  readonly sent: number;
  /** Webhooks that this job used up, sent or not. */
  readonly prepared: number;
  readonly connections: ConnectionCounts & { readonly mostBusy: number };
  /** How late requests left that had a plan, and how late the event loop was. Milliseconds. */
  readonly lateness: LatencySummary;
  /** Share of one core, and of the event loop's time. 0 to 1. */
  readonly cpu: number;
  readonly utilization: number;
  /** All prepared requests were used up before the time was over. */
  readonly ranOut: boolean;
  readonly ticks: readonly Tick[];
};

/** What a closed loop can hardly send in a second on one core. */
const mostPerSecond = 30_000;

export type Generator = {
  readonly prepared: number;
  readonly bytes: number;
  readonly run: (onTick: (tick: Tick) => void) => Promise<GeneratorResult>;
};

/** Makes the requests, of so many bytes together at most; `run` sends them. Throws when those of a plan do not fit. */
export function prepareGenerator(job: GeneratorJob, mostBytes = 1_000_000_000): Generator {
  const moments = job.drive.kind === 'open' ? planArrivals(job.drive.stages, job.drive.seed) : undefined;
  const held = job.drive.kind === 'open' ? (job.drive.held ?? 0) : 0;
  const wanted = moments ? moments.length + held : mostOf(job.drive, job.plan.perWebhook);
  const webhooks = prepareWebhooks(job.plan, job.first, wanted, mostBytes);
  if (moments && webhooks.count < wanted)
    throw new Error(`${wanted} requests do not fit into memory: choose fewer seconds or a lower rate.`);
  return {
    prepared: webhooks.count,
    bytes: webhooks.bytes,
    run: (onTick) => run(job, webhooks, moments, held, onTick),
  };
}

/** Webhooks that a closed loop can use up. One with many messages takes longer to answer. */
function mostOf(drive: Drive, perWebhook: number): number {
  if (drive.kind === 'open') return 0;
  return Math.min(
    drive.most ?? Number.POSITIVE_INFINITY,
    Math.ceil((mostPerSecond / Math.sqrt(perWebhook)) * drive.seconds),
  );
}

async function run(
  job: GeneratorJob,
  webhooks: PreparedWebhooks,
  moments: Float64Array | undefined,
  held: number,
  onTick: (tick: Tick) => void,
): Promise<GeneratorResult> {
  const { drive, addresses, timeoutMs } = job;
  const connections = openConnections(addresses, held > 0 ? 'oldest' : 'newest');
  const tally = createTally();
  const lateness = createLatencies();
  const ticks: Tick[] = [];
  let sent = 0;
  let mostBusy = 0;
  let open = 0;
  let onQuiet = () => {};

  const sendThrough =
    (way: typeof connections.send): Send =>
    (since, after) => {
      const index = sent;
      sent += 1;
      open += 1;
      if (open > mostBusy) mostBusy = open;
      way(webhooks.at(index), (ending) => {
        open -= 1;
        tally.note(job.first + index, since === null ? null : performance.now() - since, ending);
        after?.();
        if (open === 0) onQuiet();
      });
    };
  const send = sendThrough(connections.send);

  const patience = setInterval(() => connections.giveUp(performance.now() - timeoutMs), 250);
  // One request on each: a connection that stays silent from the start would be cut off.
  if (held > 0) await sendEvenly(held, sendThrough(connections.sendOnNew));
  const startedAt = performance.timeOrigin + performance.now();
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  const loopBefore = performance.eventLoopUtilization();
  const ticker = setInterval(() => {
    const tick = { second: ticks.length + 1, ...tally.counts(), latency: tally.turnSecond() };
    ticks.push({ ...tick, connections: connections.counts() });
    onTick({ ...tick, connections: connections.counts() });
  }, 1_000);

  if (drive.kind === 'closed')
    await sendInTurn(drive.connections, drive.seconds, send, () => sent < webhooks.count);
  else if (moments) await sendPlanned(moments, send, lateness.record);

  const ended = performance.now();
  const inTime = tally.result().latency.count;
  const cpu = process.cpuUsage(cpuBefore);
  const loop = performance.eventLoopUtilization(loopBefore);
  if (open > 0)
    await new Promise<void>((resolve) => {
      onQuiet = resolve;
    });
  clearInterval(patience);
  clearInterval(ticker);
  const counts = connections.counts();
  connections.close();
  const seconds = (ended - began) / 1000;
  return {
    ...tally.result(),
    startedAt,
    seconds,
    inTime,
    sent,
    prepared: webhooks.count,
    connections: { ...counts, mostBusy },
    lateness: lateness.summary(),
    cpu: (cpu.user + cpu.system) / 1e6 / seconds,
    utilization: loop.utilization,
    ranOut: drive.kind === 'closed' && drive.most === undefined && sent >= webhooks.count,
    ticks,
  };
}
