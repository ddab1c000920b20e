import type { Assumptions } from './assumptions.ts';

/** So many tenants with so many leads each. */
export type Population = { readonly tenants: number; readonly leadsEach: number };

/** What a population asks for on a day, and a second. Not rounded. */
export type Demand = {
  readonly activeEach: number;
  readonly messagesEach: number;
  readonly active: number;
  /** In and out. */
  readonly messages: number;
  readonly outgoing: number;
  /** Messages a second, in and out, over the active hours … */
  readonly averageRate: number;
  /** … and in the busiest hour. */
  readonly peakRate: number;
};

/**
 * The way back of `dailyCapacity`: peak rate = tenants × leads × active share × messages per lead × peak factor ÷
 * active seconds. 151 tenants of 3,640 leads: 164,892 active, 2,473,380 messages, 129 a second in the busiest hour.
 */
export function demandOf({ tenants, leadsEach }: Population, assumptions: Assumptions): Demand {
  const { activeHours, messagesPerLead, activeShare, peakFactor, outgoingShare } = assumptions;
  const activeEach = leadsEach * activeShare;
  const messagesEach = activeEach * messagesPerLead;
  const messages = tenants * messagesEach;
  const average = messages / (activeHours * 3_600);
  return {
    activeEach,
    messagesEach,
    active: tenants * activeEach,
    messages,
    outgoing: messages * outgoingShare,
    averageRate: average,
    peakRate: average * peakFactor,
  };
}
