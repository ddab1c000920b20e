import type { Assumptions } from './assumptions.ts';
import { wholeDown } from './whole.ts';

/** What a day holds. Whole numbers, rounded down. */
export type DailyCapacity = {
  readonly callsPerHour: number;
  /** Of what was measured: calls, turns or messages. */
  readonly calls: number;
  /** In and out. */
  readonly messages: number;
  /** Of them, out. */
  readonly outgoing: number;
  /** Leads that write or are written to on a day: active conversations. */
  readonly activeLeads: number;
  /** Leads in the database, of which the active share is active. */
  readonly totalLeads: number;
};

/**
 * What a day holds at an average rate.
 *
 * messages = rate × 3,600 × active hours ÷ calls per message; active leads = messages ÷ messages per lead;
 * total leads = active leads ÷ active share.
 *
 * @param rate on average over the active hours, a second, of what was measured
 * @param costs how many of the measured things one message costs (`perMessage`)
 */
export function dailyCapacity(rate: number, costs: number, assumptions: Assumptions): DailyCapacity {
  const { activeHours, messagesPerLead, activeShare, outgoingShare } = assumptions;
  const calls = rate * 3_600 * activeHours;
  const messages = calls / costs;
  const active = messages / messagesPerLead;
  return {
    callsPerHour: wholeDown(rate * 3_600),
    calls: wholeDown(calls),
    messages: wholeDown(messages),
    outgoing: wholeDown(messages * outgoingShare),
    activeLeads: wholeDown(active),
    totalLeads: wholeDown(active / activeShare),
  };
}

/** The average that leaves room for the busiest hour: the report's "conservative" 30 of a peak of 90. */
export const averageRate = (peakRate: number, { peakFactor }: Pick<Assumptions, 'peakFactor'>): number =>
  peakRate / peakFactor;
