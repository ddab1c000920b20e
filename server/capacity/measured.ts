import type { Assumptions } from '#load/model/assumptions.ts';
import { type Capacity, capacityOf } from '#load/model/capacity-of.ts';
import { averageRate, dailyCapacity } from '#load/model/daily-capacity.ts';
import { inMessages } from '#load/model/in-messages.ts';
import { type CapacityRun, capacityRun } from '#load/model/run.ts';
import type { PlatformTx } from '#server/db/as-platform.ts';
import type { Selling } from './selling.ts';

/** What the run in use says, counted in messages a second, in and out. */
export type Measured = {
  id: string;
  name: string;
  run: CapacityRun;
  capacity: Capacity;
  /** Messages a second in the busiest hour: what is sold by. */
  rate: number;
  /** Active conversations a day. */
  active: number;
};

/** Undefined while no run is in use. */
export async function readMeasured({ db }: PlatformTx, selling: Selling): Promise<Measured | undefined> {
  const kept = await db.loadRun.findFirst({
    where: { inUse: true },
    select: { id: true, name: true, run: true },
  });
  return kept ? measuredBy(kept, selling) : undefined;
}

type Kept = { id: string; name: string; run: unknown };

/** Undefined where the run says nothing about capacity. */
export function measuredBy({ id, name, run: kept }: Kept, selling: Selling): Measured | undefined {
  const run = inMessages(capacityRun.parse(kept), selling.assumptions);
  const capacity = remembered(`${id} ${name}`, run, selling.assumptions);
  if (!capacity) return undefined;
  const rate = rateOf(capacity, selling);
  const { activeLeads } = dailyCapacity(averageRate(rate, selling.assumptions), 1, selling.assumptions);
  return { id, name, run, capacity, rate, active: activeLeads };
}

/** Of the peak its lower edge: nothing is sold of which it is not sure that it was carried. */
export const rateOf = (capacity: Capacity, { rate }: Pick<Selling, 'rate'>): number =>
  rate === 'peak' ? capacity.peak.low : capacity.sustainable.value;

// To fit a curve takes tens of milliseconds, and a kept run never changes.
const fitted = new Map<string, Capacity | undefined>();

function remembered(run: string, counted: CapacityRun, assumptions: Assumptions): Capacity | undefined {
  const key = `${run} ${assumptions.outgoingShare} ${assumptions.callsPerMessage}`;
  if (!fitted.has(key)) {
    if (fitted.size >= 50) fitted.clear();
    fitted.set(key, capacityOf(counted));
  }
  return fitted.get(key);
}
