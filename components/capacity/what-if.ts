import { demandOf } from '#load/model/demand.ts';
import { latencyAt } from '#load/model/latency-curve.ts';
import type { CapacityView } from './queries.ts';

/** What somebody tries: how many tenants, how large, and how their people behave. */
export type Try = {
  tenants: number;
  leadsEach: number;
  messagesPerLead: number;
  activeShare: number;
  peakFactor: number;
};

const someLeads = 3_000;

/** Today's tenants: as many as have a quota, with as many leads each as their active conversations stand for. */
export function tryToday({ tiers, without, sold, selling }: CapacityView): Try {
  const { messagesPerLead, activeShare, peakFactor } = selling.assumptions;
  const limited = [...tiers, without].reduce((sum, one) => sum + one.tenants - one.unlimited, 0);
  const leadsEach = limited > 0 && sold > 0 ? Math.round(sold / limited / activeShare) : someLeads;
  return { tenants: Math.max(1, limited), leadsEach, messagesPerLead, activeShare, peakFactor };
}

/**
 * What it would ask for, by the model: active conversations and messages a day, messages a second in the busiest hour,
 * p95 in milliseconds there (undefined where no curve is known, infinite beyond its limit), and its share of what can be
 * sold.
 */
export function reckon(tried: Try, { selling, measured }: CapacityView) {
  const { tenants, leadsEach, ...people } = tried;
  const { active, messages, peakRate } = demandOf(
    { tenants, leadsEach },
    { ...selling.assumptions, ...people },
  );
  return {
    ...{ active, messages, peakRate },
    p95: measured?.curve ? latencyAt(measured.curve, peakRate) : undefined,
    share: measured ? peakRate / (measured.rate * selling.overcommit) : undefined,
  };
}

/** Between 0 and 100 on a line on which each step multiplies, and back, to a round value. */
export const onLine = (value: number, [min, max]: readonly [number, number]): number =>
  (Math.log(value / min) / Math.log(max / min)) * 100;
export function fromLine(place: number, [min, max]: readonly [number, number]): number {
  const value = min * (max / min) ** (place / 100);
  const power = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.min(max, Math.max(min, Math.round(value / power) * power));
}
