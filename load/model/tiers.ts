import type { Assumptions } from './assumptions.ts';
import { dailyCapacity } from './daily-capacity.ts';
import { demandOf } from './demand.ts';
import { roundDown, wholeDown } from './whole.ts';

/** What one tenant of a tier gets. */
export type TierQuota = {
  readonly leads: number;
  /** Active conversations a day. */
  readonly activePerDay: number;
  /** Outgoing messages a day; what comes in is never limited. */
  readonly outgoingPerDay: number;
  /** Outgoing messages a second in the busiest hour … */
  readonly peakRate: number;
  /** … and how many may leave at once after a silence: a minute of it, ten at least. */
  readonly burst: number;
  readonly members: number;
  readonly channels: number;
};

export type DefaultTier = TierQuota & {
  readonly name: string;
  /** As many of this tier fill the share of the installation that it is meant for. */
  readonly tenants: number;
};

/**
 * The report's recommended limits, as shares of what an installation holds: ten pilots fill a third of it, fifty
 * standard tenants or a hundred of the last tier all of it. With the report's own capacity these are its own numbers:
 * 5,000, 3,000 and 1,500 leads each. What a team needs does not follow from a measurement.
 */
const shapes = [
  { name: 'Pilot', tenants: 10, fill: 1 / 3, members: 10, channels: 2 },
  { name: 'Standard', tenants: 50, fill: 1, members: 25, channels: 5 },
  { name: 'Maximum', tenants: 100, fill: 1, members: 50, channels: 10 },
] as const;

/**
 * The tiers that an installation offers until somebody edits them. Any of them, sold as often as it says, stays within
 * what was measured.
 *
 * @param rate what is sold: messages a second, in and out, in the busiest hour
 */
export function defaultTiers(rate: number, assumptions: Assumptions): DefaultTier[] {
  const { totalLeads } = dailyCapacity(rate / assumptions.peakFactor, 1, assumptions);
  return shapes.map(({ name, tenants, fill, members, channels }) => ({
    ...{ name, tenants, members, channels },
    ...quotaFor(roundDown((totalLeads * fill) / tenants), assumptions),
  }));
}

/** What a tenant with so many leads needs, by the assumptions. */
export function quotaFor(leads: number, assumptions: Assumptions): Omit<TierQuota, 'members' | 'channels'> {
  const { active, outgoing, peakRate } = demandOf({ tenants: 1, leadsEach: leads }, assumptions);
  const rate = peakRate * assumptions.outgoingShare;
  return {
    leads,
    activePerDay: wholeDown(active),
    outgoingPerDay: wholeDown(outgoing),
    peakRate: wholeDown(rate * 1_000) / 1_000,
    burst: Math.max(10, Math.ceil(rate * 60)),
  };
}
