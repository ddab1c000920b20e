import type { Assumptions } from './assumptions.ts';
import type { CapacityRun } from './run.ts';
import { perMessage } from './run-unit.ts';

/**
 * The same run counted in messages a second, in and out: 100 turns are 200 messages when half of them go out, 90 calls
 * are 36 at 2.5 a message. Latencies stay what they were measured of.
 */
export function inMessages(run: CapacityRun, assumptions: Assumptions): CapacityRun {
  const costs = perMessage(run.unit, assumptions);
  return {
    ...run,
    unit: 'message',
    points: run.points.map((point) => ({
      ...point,
      offered: point.offered / costs,
      achieved: point.achieved / costs,
    })),
    ...(run.stated && {
      stated: {
        ...run.stated,
        sustainable: run.stated.sustainable / costs,
        peak: run.stated.peak / costs,
      },
    }),
  };
}
