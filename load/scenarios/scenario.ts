import type { Drive, GeneratorResult } from '#load/generator/generate.ts';
import type { House } from '#load/house/start-house.ts';
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
  /** For the file. */
  readonly details?: Readonly<Record<string, unknown>>;
};

/** What a scenario plays on. */
export type Stage = {
  readonly options: Options;
  readonly seconds: number;
  /** The product of this run's own; none when it runs against a target. */
  readonly house: House | undefined;
  /** Where rows can be read; none when nobody said. */
  readonly database: string | undefined;
  /** Makes the webhooks of a drive; the returned function sends them. Milliseconds of patience with each. */
  readonly prepare: (drive: Drive, timeoutMs?: number) => Promise<() => Promise<GeneratorResult>>;
  /** Everything that happens in it counts for CPU, memory and commits. */
  readonly measure: <T>(work: () => Promise<T>) => Promise<T>;
  readonly say: (what: string) => void;
};

export type Scenario = {
  readonly name: string;
  /** One line for the help. */
  readonly about: string;
  /** Unless told. */
  readonly seconds: number;
  /** What of the product it needs besides the door. */
  readonly needs: (options: Options) => {
    readonly bot: boolean;
    readonly workers: number;
    readonly meta: boolean;
    readonly order: 'random' | 'cycle';
  };
  readonly play: (stage: Stage) => Promise<Outcome>;
};

/** What most scenarios say of the requests they sent. */
export function latencyFigures({ latency }: Pick<GeneratorResult, 'latency'>): Figure[] {
  return (['p50', 'p95', 'p99', 'max'] as const).map((name) => ({
    name,
    value: latency[name],
    unit: 'ms',
    better: 'less',
  }));
}

/** Says so when the generator was the limit: then the figures are its own, not the product's. */
export function generatorNotes({ cpu, lateness, ranOut, connections }: GeneratorResult): string[] {
  return [
    ...(cpu > 0.9 ? [`the generator was at its own limit (${Math.round(cpu * 100)} % of a core)`] : []),
    ...(lateness.count > 0 && lateness.p99 > 5
      ? [`requests left late: p99 ${lateness.p99.toFixed(1)} ms behind the plan, which counts as latency`]
      : []),
    ...(ranOut
      ? ['all prepared requests were used up before the time was over; the rate counts until then']
      : []),
    ...(connections.replaced > 0
      ? [`${connections.replaced} requests were sent again because an idle connection had been closed`]
      : []),
  ];
}
