import { randomInt } from 'node:crypto';
import type { Drive, GeneratorResult, Tick } from '#load/generator/generate.ts';
import type { MessagePlan } from '#load/generator/prepare-webhooks.ts';
import { startGenerator } from '#load/generator/start-generator.ts';
import { type Metrics, scrapeMetrics } from '#load/house/scrape-metrics.ts';
import { type ProductWatch, watchProduct } from '#load/house/watch-product.ts';
import { type Root, type Usage, watchUsage } from '#load/machine/process-usage.ts';
import type { LiveLine } from '#load/report/live-line.ts';
import type { Options } from './options.ts';
import type { Beside, Prepared, Scenario, Stage } from './scenario.ts';
import type { Subject } from './subject.ts';

/** A stage, and what came together on it. */
export type OpenStage = {
  readonly stage: Stage;
  readonly phases: readonly GeneratorResult[];
  readonly measured: () => Measured;
};

export type Measured = {
  readonly usages: readonly Usage[];
  readonly busy: number | null;
  readonly others: number | null;
  readonly metrics: { readonly before: Metrics; readonly after: Metrics };
  readonly beside: Beside;
};

const nothing: Measured = {
  ...{ usages: [], busy: null, others: null, metrics: { before: new Map(), after: new Map() } },
  beside: { samples: [], mostConnections: 0 },
};

/** Puts a subject on a stage: messages for its channels, generators, and a watch on its processes. */
export function openStage(
  scenario: Scenario,
  options: Options,
  subject: Subject,
  live: LiveLine,
  now: Date,
  stopped: AbortSignal,
): OpenStage {
  const plan = planMessages(scenario, options, subject, now);
  const addresses = subject.origins.map(addressOf);
  const watched = [...subject.origins, ...(subject.house?.watches ?? [])];
  const phases: GeneratorResult[] = [];
  const generators: Root[] = [];
  let made = 0;
  let cores: ReadonlyMap<string, number> = new Map();
  let measured = nothing;

  async function prepare(drive: Drive, channels = plan.channels): Promise<Prepared> {
    live.show('making messages');
    const first = made;
    const part = { ...plan, channels };
    const job = { addresses, plan: part, first, drive, timeoutMs: options.timeout * 1000 };
    const started = await startGenerator(job, stopped);
    made += started.prepared;
    generators.push({ name: 'generator', pid: started.pid });
    return {
      first,
      plan: part,
      send: async () => {
        const result = await started.run((tick) => live.show(describeTick(tick, options, cores)));
        phases.push(result);
        return result;
      },
    };
  }

  /** The one watch on the product, of the outermost that is measured. */
  let watching: ProductWatch | undefined;

  async function measure<T>(work: (watch: Pick<ProductWatch, 'queueAge'>) => Promise<T>): Promise<T> {
    if (watching || !subject.house) return measurePart(work, watching);
    const { database, watched } = subject.house;
    watching = await watchProduct(database, watched());
    try {
      return await measurePart(work, watching);
    } finally {
      await watching.end();
      watching = undefined;
    }
  }

  async function measurePart<T>(
    work: (watch: Pick<ProductWatch, 'queueAge'>) => Promise<T>,
    product: ProductWatch | undefined,
  ): Promise<T> {
    const before = await scrapeMetrics(watched);
    const seenBefore = product?.seen().length ?? 0;
    const watch = watchUsage(() => [
      ...subject.processes(),
      ...generators,
      { name: 'load', pid: process.pid },
    ]);
    const looking = setInterval(() => {
      cores = watch.look();
    }, 1_000);
    try {
      return await work(product ?? { queueAge: async () => 0 });
    } finally {
      clearInterval(looking);
      cores = new Map();
      const { usages, busy, others } = watch.end();
      measured = {
        ...{ usages, busy },
        others: subject.isWhole ? others : null,
        metrics: { before, after: await scrapeMetrics(watched) },
        beside: product
          ? { samples: product.seen().slice(seenBefore), mostConnections: product.mostConnections }
          : nothing.beside,
      };
    }
  }

  return {
    stage: {
      ...{ options, plan, prepare, measure, house: subject.house },
      seconds: options.seconds ?? scenario.seconds,
      usages: () => measured.usages,
      busy: () => measured.busy,
      beside: () => measured.beside,
      say: live.show,
    },
    phases,
    measured: () => measured,
  };
}

function planMessages(scenario: Scenario, options: Options, subject: Subject, now: Date): MessagePlan {
  const { order, leads = 10_000 } = scenario.needs(options);
  return {
    run: runName(),
    seed: options.seed,
    channels: subject.channels,
    leadsPerChannel: Math.max(1, Math.ceil((options.leads ?? leads) / subject.channels.length)),
    ...{ order, perWebhook: options.perWebhook, secret: subject.secret, path: subject.path },
    timestamp: Math.floor(now.getTime() / 1000),
  };
}

function addressOf(origin: string) {
  const { hostname, port } = new URL(origin);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) };
}

/** Ten letters and digits, none of them a wildcard of SQL. */
function runName(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('');
}

function describeTick(tick: Tick, { perWebhook }: Options, cores: ReadonlyMap<string, number>): string {
  const { second, acknowledged, refused, failed, latency, connections } = tick;
  return [
    `${second} s`,
    `${acknowledged * perWebhook} done`,
    `${latency.count * perWebhook}/s`,
    `p95 ${latency.p95.toFixed(1)} ms`,
    `${refused + failed} errors`,
    `${connections.busy} in flight`,
    ...[...cores].map(([name, used]) => `${name} ${Math.round(used * 100)} %`),
  ].join(' · ');
}
