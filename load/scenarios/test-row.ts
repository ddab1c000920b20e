import type { GeneratorResult } from '#load/generator/generate.ts';
import type { CapacityRun } from '#load/model/run.ts';
import type { Outcome } from './scenario.ts';

type TestRow = NonNullable<CapacityRun['tests']>[number];

/** A run as a row of a list of tests: all its requests, its busiest second, and the p95 that it is about. */
export function testRow(
  name: string,
  phases: readonly Pick<GeneratorResult, 'seconds' | 'sent' | 'acknowledged' | 'latency' | 'ticks'>[],
  { figures }: Pick<Outcome, 'figures'>,
): TestRow {
  const sum = (of: (phase: (typeof phases)[number]) => number) =>
    phases.reduce((total, phase) => total + of(phase), 0);
  const requests = sum(({ sent }) => sent);
  const longest = phases.toSorted((a, b) => b.sent - a.sent)[0];
  const told = figures.find((figure) => figure.name === 'p95' || figure.name === 'reply p95');
  return {
    name,
    seconds: sum(({ seconds }) => seconds),
    requests,
    errorShare: requests === 0 ? 0 : (requests - sum(({ acknowledged }) => acknowledged)) / requests,
    p95: told?.value ?? longest?.latency.p95 ?? 0,
    peakRate: Math.max(0, ...phases.flatMap(({ ticks }) => ticks.map(({ latency }) => latency.count))),
  };
}
