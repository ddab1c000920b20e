import { z } from 'zod';
import { defaultObjectives, objectivesForm } from './objectives.ts';
import { runUnit } from './run-unit.ts';

const amount = z.number().min(0);

/** How much of something there is was in use: cores, connections, fdatasync a second. */
const resource = z.object({ name: z.string(), used: amount, of: amount });

/** One level of a run: a rate that was offered for some seconds, and what came of it. */
const runPoint = z.object({
  /** Both in the run's unit a second. */
  offered: amount,
  achieved: amount,
  seconds: amount,
  /** Milliseconds from the planned moment of each to its end: for a turn, until Meta took the answer. */
  p50: amount,
  p95: amount,
  p99: amount,
  /** Mean of the same; with it the number in flight follows. */
  mean: amount.optional(),
  /** Of all requests, 0.01 is one in a hundred. */
  errorShare: amount.max(1),
  /** Acknowledged and not stored. */
  lost: amount.optional(),
  /** Seconds that the oldest job had waited, when the level began and when it ended. */
  queueAge: z.object({ begin: amount, end: amount }).optional(),
  resources: z.array(resource).optional(),
  /** Objectives that this level broke, in words. */
  broke: z.array(z.string()).optional(),
});
export type RunPoint = z.infer<typeof runPoint>;

/** A test as a report lists it: one row of its summary. */
const runTest = z.object({
  name: z.string(),
  seconds: amount,
  requests: amount,
  errorShare: amount.max(1),
  p95: amount,
  peakRate: amount,
});

/** A number that a run was about, as it told it at its end. */
const runFigure = z.object({ name: z.string(), value: z.number().nullable(), unit: z.string() });

/** What happened along a run, in equal slices of its time. p95 is null where nobody wrote. */
const runCourse = z.object({
  sliceSeconds: amount,
  slices: z.array(z.object({ offered: amount, p95: amount.nullable() })),
});

/** What was seen in the product every two seconds meanwhile. */
const runBeside = z.object({
  mostConnections: amount,
  samples: z.array(
    z.object({
      second: amount,
      connections: amount,
      waitingForLocks: amount,
      /** Of write-ahead log since the sample before. MB. */
      wal: z.number(),
      waiting: amount,
      /** Seconds. */
      oldest: amount,
      /** By process, p99. Milliseconds. */
      loopLag: z.record(z.string(), amount),
    }),
  ),
});

/** Cores that a process and all below it used, on average and in its busiest second; memory in MB. */
const runUsage = z.object({ name: z.string(), cpu: amount, cpuPeak: amount, memoryPeak: amount });

/**
 * A measured run that says something about capacity: what `load/results` holds. A file may hold more than this; what is
 * not named here is left out when it is read.
 */
export const capacityRun = z.object({
  scenario: z.string(),
  /** What `offered`, `achieved` and `stated` count. */
  unit: runUnit,
  /** Ascending by offered rate. Empty where a system published no curve: then `stated` says what it carries. */
  points: z.array(runPoint),
  objectives: objectivesForm.default(defaultObjectives),
  /** Rates that somebody else worked out, in the run's unit a second. */
  stated: z.object({ sustainable: amount, peak: amount, breaking: z.string().optional() }).optional(),
  tests: z.array(runTest).optional(),
  figures: z.array(runFigure).optional(),
  course: runCourse.optional(),
  beside: runBeside.optional(),
  usages: z.array(runUsage).optional(),
  /** What limited the system, and what was advised, in the words of whoever measured. */
  bottlenecks: z.array(z.object({ name: z.string(), findings: z.array(z.string()) })).optional(),
  recommendations: z
    .array(z.object({ priority: z.string(), action: z.string(), expected: z.string() }))
    .optional(),
  /** Where it was measured. */
  surroundings: z.object({
    at: z.string(),
    cpu: z.string().optional(),
    cores: z.number().optional(),
    memoryGiB: z.number().optional(),
    system: z.string().optional(),
    node: z.string().optional(),
    postgres: z.string().nullish(),
    commit: z.string().nullish(),
    /** In words, where no more is known. */
    note: z.string().optional(),
  }),
  /** Settings it was started with. */
  options: z.record(z.string(), z.unknown()).default({}),
  verdict: z.object({ state: z.enum(['valid', 'void', 'invalid']), reasons: z.array(z.string()) }),
});
export type CapacityRun = z.infer<typeof capacityRun>;
