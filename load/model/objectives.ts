import { z } from 'zod';

/** What an installation promises; a load that breaks one of them is beyond what it carries. */
export const objectivesForm = z.object({
  /** Milliseconds. */
  p95: z.number().gt(0),
  /** Share of all requests, 0.01 is one in a hundred. */
  errorShare: z.number().min(0).max(1),
  /** Seconds by which the age of the oldest job may grow while a level lasts. */
  queueAgeGrowth: z.number().gt(0),
});
export type Objectives = z.infer<typeof objectivesForm>;

export const defaultObjectives: Objectives = { p95: 250, errorShare: 0.01, queueAgeGrowth: 2 };

export type Observed = {
  readonly p95: number;
  readonly errorShare: number;
  /** Seconds that the oldest job had waited when the level began and when it ended. */
  readonly queueAge?: { readonly begin: number; readonly end: number } | undefined;
  /** Messages that were acknowledged and are not stored. */
  readonly lost?: number | undefined;
};

/** What a load broke, each in a few words; none when it is carried. */
export function brokenObjectives(
  { p95, errorShare, queueAge, lost = 0 }: Observed,
  objectives: Objectives,
): string[] {
  const growth = queueAge ? queueAge.end - queueAge.begin : 0;
  return [
    ...(p95 > objectives.p95 ? [`p95 ${Math.round(p95)} ms, at most ${objectives.p95}`] : []),
    ...(errorShare > objectives.errorShare
      ? [`${percent(errorShare)} errors, at most ${percent(objectives.errorShare)}`]
      : []),
    ...(growth > objectives.queueAgeGrowth
      ? [`the oldest job waits ${growth.toFixed(1)} s longer than before`]
      : []),
    ...(lost > 0 ? [`${lost} acknowledged messages are not stored`] : []),
  ];
}

const percent = (share: number) => `${Number((share * 100).toPrecision(2))} %`;
