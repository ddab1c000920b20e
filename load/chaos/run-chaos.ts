import { setTimeout as sleep } from 'node:timers/promises';
import { control } from '#load/house/play-meta.ts';
import { createRandom } from '#load/model/random.ts';
import type { LiveLine } from '#load/report/live-line.ts';
import { describeFault } from './describe.ts';
import { type Facts, readFacts } from './facts.ts';
import { type Fault, kindOf } from './faults.ts';
import { type Begun, inflict } from './inflict.ts';
import { checkInvariants, type Finding } from './invariants.ts';
import { planFaults } from './plan-faults.ts';
import { type Product, processesEach, startProduct } from './product.ts';
import { settle, type Waiting } from './settle.ts';
import { type Watch, watchProduct } from './watch.ts';
import { type Writing, writeMessages } from './write-messages.ts';

export type ChaosOptions = {
  readonly seconds: number;
  readonly seed: number;
  /** Webhooks a second. */
  readonly rate: number;
  readonly people: number;
  readonly port: number | undefined;
  /** Leaves data and logs. */
  readonly keep: boolean;
};

/** A fault as it happened. Milliseconds since the load began. */
export type Happened = Fault & {
  readonly began: number;
  readonly to: string;
  readonly missed: boolean;
  /** Messages whose end it may have left unknown. */
  readonly underWay: readonly string[];
};

export type ChaosResult = {
  readonly plan: readonly Fault[];
  /** With the number of messages that were under way. */
  readonly happened: readonly (Omit<Happened, 'underWay'> & { readonly underWay: number })[];
  readonly endings: Readonly<Record<string, number>>;
  readonly counts: Readonly<Record<string, number>>;
  readonly memory: Readonly<Record<string, number>>;
  /** Of the load, and from its end until nothing waited any more. */
  readonly took: { readonly load: number; readonly settling: number };
  readonly findings: readonly Finding[];
};

const mostSettling = 240;
/** A send takes as long as the simulated Meta at its slowest, on a busy machine. */
const longestSend = 8_000;

/** Starts a product, lets people write while the plan's faults happen, waits until all is quiet, and judges. */
export async function runChaos(
  options: ChaosOptions,
  live: LiveLine,
  say: (line: string) => void,
  stopped: AbortSignal,
): Promise<ChaosResult> {
  const plan = planFaults(options.seed, options.seconds);
  say(`Seed ${options.seed}, ${options.seconds} s, ${plan.length} faults:`);
  for (const fault of plan) say(describeFault(fault));
  const leave = Promise.withResolvers<never>();
  leave.promise.catch(() => {});
  stopped.addEventListener('abort', () => leave.reject(stopped.reason), { once: true });
  const product = await startProduct(
    (what) => live.show(`starting: ${what}`),
    320 + Math.round(options.seconds / 2),
    options.port,
  );
  try {
    return await Promise.race([play(options, plan, product, live, say), product.untilLost, leave.promise]);
  } finally {
    live.show('stopping');
    await product.stop(options.keep);
    live.clear();
  }
}

async function play(
  { seconds, seed, rate, people }: ChaosOptions,
  plan: readonly Fault[],
  product: Product,
  live: LiveLine,
  say: (line: string) => void,
): Promise<ChaosResult> {
  const watch = watchProduct(product);
  const writing = writeMessages({ doors: product.doors, channels: product.channels, people, rate, seed });
  const began = performance.now();
  const now = () => performance.now() - began;
  const ticking = setInterval(() => live.show(describeNow(now(), writing)), 1_000);
  const reading = readChats(product, writing, seed);
  const happened = await Promise.all(plan.map((fault) => happen(fault, product, watch, now, say)));
  await sleep(Math.max(0, seconds * 1_000 - now()));
  const load = now() / 1_000;
  say(`${seconds} s are over: ${writing.inFlight()} webhooks are not answered yet`);
  // Whoever still waits for an answer sends again until it comes; nobody writes anything new.
  await Promise.race([writing.end(), sleep(mostSettling * 1_000)]);
  reading.stop();
  clearInterval(ticking);
  await control(product.meta, 'behaviour', { rateLimited: false, holdWebhooks: false });
  const waiting = await settle(product, mostSettling, (left) => live.show(describeWaiting(left)));
  const settling = now() / 1_000 - load;
  await watch.stop();
  const facts: Facts = {
    ...(await readFacts(product)),
    ...{ written: writing.written, acknowledged: writing.acknowledged, endings: writing.endings, waiting },
    underWay: new Set(happened.flatMap(({ underWay }) => underWay)),
    running: running(product),
    // `npm start` itself would end this run.
    givenUp: { database: product.ends().database },
    ready: await Promise.all(product.doors.map(readyz)),
    memory: watch.memory(),
  };
  return {
    ...{ plan, took: { load, settling }, findings: checkInvariants(facts) },
    happened: happened.map((one) => ({ ...one, underWay: one.underWay.length })),
    endings: Object.fromEntries(writing.endings),
    counts: countsOf(facts, product),
    memory: Object.fromEntries(facts.memory),
  };
}

async function happen(
  fault: Fault,
  product: Product,
  watch: Watch,
  now: () => number,
  say: (line: string) => void,
): Promise<Happened> {
  await sleep(Math.max(0, fault.at - now()));
  const at = now();
  const begunAt = Date.now();
  const attempt = await Promise.resolve(inflict(fault, product)).catch((error) => ({ why: String(error) }));
  const missed = 'why' in attempt;
  const what = missed ? attempt.why : attempt.to;
  say(`${describeFault({ ...fault, at })}: ${missed ? `not done, ${what}` : what}`);
  if (!missed) await end(attempt, fault);
  const over = Date.now();
  const happened = { ...fault, began: at, to: what, missed };
  if (missed || !kindOf(fault.kind).mayLeaveUnknown) return { ...happened, underWay: [] };
  await watch.untilSeen(over);
  return { ...happened, underWay: watch.underWay(begunAt, over, longestSend) };
}

async function end({ end: over }: Begun, { lasts }: Fault) {
  await sleep(lasts);
  await over?.();
}

/** Now and then somebody opens a chat, so that some messages become `read`. */
function readChats({ meta }: Product, { written }: Writing, seed: number) {
  const random = createRandom(seed + 1);
  const timer = setInterval(() => {
    const all = [...written.values()];
    const one = all[Math.floor(random() * all.length)];
    if (!one) return;
    const { from, channel } = one;
    control(meta, 'read', { phone_number_id: channel.phoneNumberId, from }).catch(() => {});
  }, 250);
  return { stop: () => clearInterval(timer) };
}

function running({ web, ingest, workers, simulatedMeta }: Product): Facts['running'] {
  return {
    // With the process that keeps them.
    web: [web().length, processesEach + 1],
    ingest: [ingest().length, processesEach + 1],
    workers: [workers().length, processesEach],
    'simulated Meta': [simulatedMeta().length, 1],
  };
}

async function readyz(door: string): Promise<number> {
  const answer = await fetch(`${door}/readyz`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status ?? 0;
}

function countsOf({ written, messages, sends, turns }: Facts, product: Product) {
  const outbound = messages.filter(({ direction }) => direction === 'outbound');
  const statuses = Map.groupBy(outbound, ({ status }) => status ?? 'none');
  return {
    written: written.size,
    turns: turns.length,
    'attempts at Meta': sends.length,
    outbound: outbound.length,
    ...Object.fromEntries([...statuses].map(([status, rows]) => [status, rows.length])),
    'ends of ingest': product.ends().ingest,
  };
}

function describeNow(now: number, { written, acknowledged, endings, inFlight }: Writing): string {
  const answers = [...endings].map(([ending, count]) => `${count} × ${ending}`).join(', ');
  return `${(now / 1_000).toFixed(0)} s · ${written.size} written · ${acknowledged.size} taken · ${inFlight()} in flight · ${answers}`;
}

const describeWaiting = (waiting: Waiting) =>
  `settling · ${Object.entries(waiting)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ')}`;
