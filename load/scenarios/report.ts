import type { GeneratorResult } from '#load/generator/generate.ts';
import type { Rows } from '#load/house/count-rows.ts';
import type { CommitGroups } from '#load/house/scrape-metrics.ts';
import type { Surroundings } from '#load/machine/describe-machine.ts';
import type { Usage } from '#load/machine/process-usage.ts';
import type { MachineSample } from '#load/machine/sample-machine.ts';
import type { CapacityRun, RunPoint } from '#load/model/run.ts';
import type { RunUnit } from '#load/model/run-unit.ts';
import type { Verdict } from '#load/report/verdict.ts';
import type { Options } from './options.ts';
import type { Beside, Course, Figure } from './scenario.ts';

/** A run and all that was known of it; what is written as JSON. */
export type Report = {
  readonly scenario: string;
  readonly verdict: Verdict;
  /** What `points` and the report's rows count. */
  readonly unit: RunUnit;
  readonly figures: readonly Figure[];
  readonly points: readonly RunPoint[];
  /** A row for a list of tests. */
  readonly tests: CapacityRun['tests'];
  readonly course: Course | undefined;
  readonly notes: readonly string[];
  /** Messages in requests that were answered 200, and in requests that were not. */
  readonly acknowledged: number;
  readonly unacknowledged: number;
  readonly rows: Rows | null;
  readonly usages: readonly Usage[];
  /** Share of all cores that other programs used meanwhile. */
  readonly others: number | null;
  readonly commits: readonly CommitGroups[];
  /** What was seen in the product meanwhile, every two seconds. */
  readonly beside: Beside;
  readonly machine: { readonly before: MachineSample; readonly after: MachineSample };
  readonly surroundings: Surroundings & { readonly commit: string | null; readonly postgres: string | null };
  readonly options: Options;
  /** Each time the generator ran, the warm-up first. */
  readonly phases: readonly Omit<GeneratorResult, 'unacknowledged'>[];
};
