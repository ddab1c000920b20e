import type { Usage } from '#load/machine/process-usage.ts';
import { brokenObjectives, type Objectives } from '#load/model/objectives.ts';
import type { RunPoint } from '#load/model/run.ts';
import type { Beside } from './scenario.ts';
import { type PlayedTurns, replyLatency } from './turn-player.ts';

/**
 * A level of turns as a point of a run. Achieved is what was answered while the level lasted, and for as long after it as
 * an answer may take.
 */
export function turnPoint(
  played: PlayedTurns,
  {
    seconds,
    settling,
    lost,
    cores,
    beside,
    objectives,
  }: {
    /** Those that count, after those in which the load settled. */
    readonly seconds: number;
    readonly settling: number;
    readonly lost: number;
    readonly cores: number;
    readonly beside: Beside;
    readonly objectives: Objectives;
  },
): RunPoint {
  const { result, turns, begun, unanswered, queueAge, usages } = played;
  const { p50, p95, p99, mean } = replyLatency(turns);
  const end = result.startedAt + (settling + seconds) * 1000 + objectives.p95;
  const failed = result.sent - result.acknowledged + unanswered;
  const seen = {
    ...{ p50, p95, p99, mean, lost, queueAge },
    offered: begun / seconds,
    achieved: turns.filter(({ at, reply }) => at + reply <= end).length / seconds,
    errorShare: failed / Math.max(1, result.sent),
  };
  const broke = brokenObjectives(seen, objectives);
  const connections = Math.max(0, ...beside.samples.map((sample) => sample.connections));
  return {
    ...{ ...seen, seconds, broke },
    resources: [
      ...resourcesOf(usages, cores),
      ...(connections > 0 ? [{ name: 'connections', used: connections, of: beside.mostConnections }] : []),
    ],
  };
}

/** Cores: PostgreSQL and the machine may use all, a process of Node hardly more than one. */
export function resourcesOf(usages: readonly Usage[], cores: number) {
  const known = usages.filter(({ cpu }) => cpu > 0);
  return [
    { name: 'CPU, whole machine', used: known.reduce((sum, { cpu }) => sum + cpu, 0), of: cores },
    ...known
      .filter(({ name }) => !['generator', 'load', 'meta'].includes(name))
      .map(({ name, cpu }) => ({ name: `CPU, ${name}`, used: cpu, of: name === 'postgres' ? cores : 1 })),
  ];
}
