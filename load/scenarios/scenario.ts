import type { Drive, GeneratorResult } from '#load/generator/generate.ts';
import type { MessagePlan } from '#load/generator/prepare-webhooks.ts';
import type { House } from '#load/house/start-house.ts';
import { Trouble } from '#load/house/trouble.ts';
import type { ProductSample, ProductWatch } from '#load/house/watch-product.ts';
import type { Usage } from '#load/machine/process-usage.ts';
import type { RunPoint } from '#load/model/run.ts';
import type { Options } from './options.ts';

/** One number that a run is about. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly better: 'more' | 'less';
};

export type Outcome = {
  readonly figures: readonly Figure[];
  /** What makes the run invalid beyond what is always looked at. */
  readonly faults?: readonly string[];
  /** For who reads the table. */
  readonly notes?: readonly string[];
  /** Levels of load and what came of each: what capacity is computed from. */
  readonly points?: readonly RunPoint[];
  /** Figures of a chart over the time, in the order of its seconds. */
  readonly course?: Course;
};

/** What happened along a run's time, in equal slices of it. */
export type Course = {
  readonly sliceSeconds: number;
  /** Offered a second, and how long it took. Milliseconds; null where nobody wrote. */
  readonly slices: readonly { readonly offered: number; readonly p95: number | null }[];
};

/** What was seen in the product while a load was measured. */
export type Beside = { readonly samples: readonly ProductSample[]; readonly mostConnections: number };

/** Webhooks that are made: from the `first` of the run's on. `send` sends them, once. */
export type Prepared = {
  readonly first: number;
  readonly plan: MessagePlan;
  readonly send: () => Promise<GeneratorResult>;
};

/** What a scenario plays on. */
export type Stage = {
  readonly options: Options;
  readonly seconds: number;
  readonly plan: MessagePlan;
  /** The product of this run's own; none when it runs against a target. */
  readonly house: House | undefined;
  /**
   * Makes the webhooks of a drive, for all channels or for some. What is acknowledged is added up, and has to be in the
   * database at the end.
   */
  readonly prepare: (drive: Drive, channels?: MessagePlan['channels']) => Promise<Prepared>;
  /** Everything that happens in it counts for CPU, memory and commits. One may lie within another. */
  readonly measure: <T>(work: (watch: Pick<ProductWatch, 'queueAge'>) => Promise<T>) => Promise<T>;
  /** Of what was measured last. */
  readonly usages: () => readonly Usage[];
  /** The share of all cores that anybody used then, 0 to 1; null where the system does not tell. */
  readonly busy: () => number | null;
  readonly beside: () => Beside;
  readonly say: (what: string) => void;
};

/** What of the product a scenario needs besides the door. */
export type Needs = {
  readonly bot: boolean;
  readonly workers: number;
  readonly meta: boolean;
  readonly order: MessagePlan['order'];
  /** People who write, unless told. */
  readonly leads?: number;
  /** Which role takes webhooks, unless told; `ingest` otherwise. */
  readonly door?: 'ingest' | 'web';
  /** Members in some of the tenants, who can sign in. */
  readonly agents?: boolean;
  /** Messages a second that each tenant was sold; otherwise more than any run sends. */
  readonly sold?: number;
  /** Tenants with a number each, unless told; 100 otherwise. */
  readonly channels?: number;
};

export type Scenario = {
  readonly name: string;
  /** One line for the help. */
  readonly about: string;
  /** Unless told. */
  readonly seconds: number;
  readonly needs: (options: Options) => Needs;
  readonly play: (stage: Stage) => Promise<Outcome>;
};

/** The house of a scenario that looks behind the door, with a simulated Meta. Throws when it runs against a target. */
export function ownHouse({ house }: Stage): House {
  if (!house)
    throw new Trouble('This scenario looks behind the door: it runs against a product of its own only.');
  return house;
}

/** What most scenarios say of the requests they sent. */
export function latencyFigures({ latency }: Pick<GeneratorResult, 'latency'>): Figure[] {
  return (['p50', 'p95', 'p99', 'max'] as const).map((name) => ({
    name,
    value: latency[name],
    unit: 'ms',
    better: 'less',
  }));
}

const lateNote = 'requests left late';

/** Says so when the generator was the limit: then the figures are its own, not the product's. */
export function generatorNotes({ cpu, lateness, ranOut, connections }: GeneratorResult): string[] {
  return [
    ...(cpu > 0.9 ? [`the generator was at its own limit (${Math.round(cpu * 100)} % of a core)`] : []),
    ...(lateness.count > 0 && lateness.p99 > 5
      ? [`${lateNote}: p99 ${lateness.p99.toFixed(1)} ms behind the plan, which counts as latency`]
      : []),
    ...(ranOut
      ? ['all prepared requests were used up before the time was over; the rate counts until then']
      : []),
    ...(connections.replaced > 0
      ? [`${connections.replaced} requests were sent again because an idle connection had been closed`]
      : []),
  ];
}

/** The notes of several generators: of requests that left late only the worst. */
export function notesOfAll(results: readonly GeneratorResult[]): string[] {
  const worst = results.toSorted((a, b) => b.lateness.p99 - a.lateness.p99);
  const said = worst.flatMap(generatorNotes);
  const late = said.find((note) => note.startsWith(lateNote));
  return [...(late ? [late] : []), ...new Set(said.filter((note) => !note.startsWith(lateNote)))];
}
