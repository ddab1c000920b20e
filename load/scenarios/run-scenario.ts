import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Drive, GeneratorResult, Tick } from '#load/generator/generate.ts';
import { type MessagePlan, wamidPrefix } from '#load/generator/prepare-webhooks.ts';
import { startGenerator } from '#load/generator/start-generator.ts';
import { ask, countMessages, countRows, type Rows } from '#load/house/count-rows.ts';
import {
  type CommitGroups,
  commitGroups,
  growth,
  type Metrics,
  scrapeMetrics,
} from '#load/house/scrape-metrics.ts';
import { loadFolder } from '#load/house/start-house.ts';
import { describeMachine, type Surroundings } from '#load/machine/describe-machine.ts';
import { type Root, type Usage, watchUsage } from '#load/machine/process-usage.ts';
import { type MachineSample, sampleMachine } from '#load/machine/sample-machine.ts';
import type { LiveLine } from '#load/report/live-line.ts';
import { judge, unquietness, type Verdict } from '#load/report/verdict.ts';
import { openSubject, type Subject } from './open-subject.ts';
import type { Options } from './options.ts';
import type { Figure, Scenario, Stage } from './scenario.ts';

/** A run and all that was known of it; what is written as JSON. */
export type Report = {
  readonly scenario: string;
  readonly verdict: Verdict;
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
  readonly rows: Rows | null;
  readonly acknowledged: number;
  readonly unacknowledged: number;
  readonly usages: readonly Usage[];
  readonly others: number | null;
  readonly commits: readonly CommitGroups[];
  readonly machine: { readonly before: MachineSample; readonly after: MachineSample };
  readonly surroundings: Surroundings & { readonly commit: string | null; readonly postgres: string | null };
  readonly options: Options;
  readonly phases: readonly Omit<GeneratorResult, 'unacknowledged'>[];
  readonly details: Readonly<Record<string, unknown>>;
};

/** Nothing was measured, because the machine is not quiet. */
export class NotQuiet extends Error {}

/** Waits for a quiet machine, starts what is to be loaded, plays the scenario, counts, ends all, and judges. */
export async function runScenario(
  scenario: Scenario,
  options: Options,
  live: LiveLine,
  stopped: AbortSignal,
): Promise<Report> {
  const say = (what: string) => live.show(what);
  const subject = await openSubject(options, scenario, say);
  const leave = Promise.withResolvers<never>();
  leave.promise.catch(() => {});
  stopped.addEventListener('abort', () => leave.reject(stopped.reason), { once: true });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await subject.close();
  };
  try {
    const played = play(scenario, options, subject, live);
    played.catch(() => {});
    const report = await Promise.race([
      played,
      leave.promise,
      ...(subject.house ? [subject.house.untilLost] : []),
    ]);
    say('stopping');
    await close();
    const after = await sampleMachine(loadFolder);
    return { ...report, machine: { ...report.machine, after }, verdict: judge({ ...report.facts, after }) };
  } finally {
    await close();
    live.clear();
  }
}

async function play(scenario: Scenario, options: Options, subject: Subject, live: LiveLine) {
  const now = new Date();
  const seconds = options.seconds ?? scenario.seconds;
  const { order } = scenario.needs(options);
  const plan: MessagePlan = {
    run: runName(),
    seed: options.seed,
    channels: subject.channels,
    leadsPerChannel: Math.max(1, Math.ceil(options.leads / subject.channels.length)),
    ...{ order, perWebhook: options.perWebhook, secret: subject.secret, path: subject.path },
    timestamp: Math.floor(now.getTime() / 1000),
  };
  const addresses = subject.origins.map((origin) => {
    const { hostname, port } = new URL(origin);
    return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) };
  });
  const watched = [...subject.origins, ...(subject.house?.watches ?? [])];
  const phases: GeneratorResult[] = [];
  let generatorRoot: Root | undefined;
  let first = 0;
  let cores: ReadonlyMap<string, number> = new Map();
  let usages: readonly Usage[] = [];
  let others: number | null = null;
  let metrics: { before: Metrics; after: Metrics } = { before: new Map(), after: new Map() };

  async function prepare(drive: Drive, timeoutMs = options.timeout * 1000) {
    live.show('making messages');
    const generator = await startGenerator({ addresses, plan, first, drive, timeoutMs });
    first += generator.prepared;
    generatorRoot = { name: 'generator', pid: generator.pid };
    return async () => {
      try {
        const result = await generator.run((tick) => live.show(describeTick(tick, options, cores)));
        phases.push(result);
        return result;
      } finally {
        generatorRoot = undefined;
      }
    };
  }

  const stage: Stage = {
    ...{ options, seconds, house: subject.house, database: subject.database, prepare },
    say: (what) => live.show(what),
    measure: async (work) => {
      const before = await scrapeMetrics(watched);
      const watch = watchUsage(() => [
        ...subject.processes(),
        ...(generatorRoot ? [generatorRoot] : []),
        { name: 'load', pid: process.pid },
      ]);
      const looking = setInterval(() => {
        cores = watch.look();
      }, 1_000);
      try {
        return await work();
      } finally {
        clearInterval(looking);
        cores = new Map();
        ({ usages, others } = watch.end());
        metrics = { before, after: await scrapeMetrics(watched) };
      }
    },
  };

  const before = await untilQuiet(options, live);
  if (options.warmup > 0) {
    live.show('warming up');
    const warm = await prepare({ kind: 'closed', connections: 8, seconds: options.warmup });
    await warm();
  }
  const outcome = await scenario.play(stage);
  live.show('counting');
  const messages = (count: number) => count * options.perWebhook;
  const acknowledged = messages(phases.reduce((sum, { latency }) => sum + latency.count, 0));
  const unacknowledged = messages(phases.reduce((sum, one) => sum + one.unacknowledged.length, 0));
  const rows = subject.database
    ? await countRows(subject.database, wamidPrefix(plan.run), options.countSql ?? countMessages)
    : null;
  const quarantined = growth(metrics.before, metrics.after, 'parley_webhook_quarantined_total');
  const facts = {
    before,
    others,
    acknowledged,
    unacknowledged,
    rows,
    quarantined,
    faults: outcome.faults ?? [],
  };
  return {
    facts,
    scenario: scenario.name,
    figures: outcome.figures,
    notes: [
      ...(outcome.notes ?? []),
      ...(rows ? [] : ['rows could not be counted: --database says where they are']),
      ...(before.idle === null ? ['idle CPU cannot be known on this system'] : []),
    ],
    ...{ rows, acknowledged, unacknowledged, usages, others, options },
    commits: commitGroups(metrics.before, metrics.after),
    machine: { before },
    surroundings: {
      ...describeMachine(now),
      commit: subject.commit,
      postgres: subject.database ? await versionOf(subject.database) : null,
    },
    phases: phases.map(({ unacknowledged: _, ...phase }) => phase),
    details: outcome.details ?? {},
  };
}

/** Looks again and again as long as there is patience. Throws `NotQuiet` unless forced. */
async function untilQuiet({ patience, force }: Options, live: LiveLine): Promise<MachineSample> {
  const until = performance.now() + patience * 1000;
  for (;;) {
    live.show('is the machine quiet?');
    const sample = await sampleMachine(loadFolder);
    const reasons = unquietness(sample, 'before the run');
    if (reasons.length === 0 || force) return sample;
    if (performance.now() > until) throw new NotQuiet(reasons.join('; '));
    live.show(`waiting for a quiet machine: ${reasons.join('; ')}`);
    await sleep(2_000);
  }
}

function describeTick(tick: Tick, { perWebhook }: Options, used: ReadonlyMap<string, number>): string {
  const cores = [...used].map(([name, cpu]) => `${name} ${Math.round(cpu * 100)} %`);
  const { second, acknowledged, refused, failed, latency, connections } = tick;
  return [
    `${second} s`,
    `${acknowledged * perWebhook} done`,
    `${latency.count * perWebhook}/s`,
    `p95 ${latency.p95.toFixed(1)} ms`,
    `${refused + failed} errors`,
    `${connections.busy} in flight`,
    ...cores,
  ].join(' · ');
}

async function versionOf(database: string): Promise<string | null> {
  const [[version] = []] = await ask<string[]>(database, 'show server_version').catch(() => []);
  return version ?? null;
}

/** Ten letters and digits, none of them a wildcard of SQL. */
function runName(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('');
}
