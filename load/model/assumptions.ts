import { z } from 'zod';

const positive = (most: number) => z.number().gt(0).max(most);

/** How people and the bot behave: what stands between a rate that was measured and tenants that were sold. */
export const assumptionsForm = z.object({
  /** Hours of a day in which people write; the rest is silent. */
  activeHours: positive(24),
  /** Messages of an active lead on a day: what it writes and what it is answered, together. */
  messagesPerLead: positive(1_000),
  /**
   * Requests that one message cost the system which the load report is about: its webhook was measured without what
   * else a message made it do. Means nothing for runs that count turns or messages.
   */
  callsPerMessage: positive(100),
  /** Share of all leads that are active on one day. */
  activeShare: positive(1),
  /** How many times the average rate the busiest hour has. */
  peakFactor: z.number().min(1).max(24),
  /** Share of the messages that go out: half of them, when each one that comes in is answered once. */
  outgoingShare: positive(0.99),
});

export type Assumptions = z.infer<typeof assumptionsForm>;

/** What the load report of the replaced system assumes; only the outgoing share is ours. */
export const reportAssumptions: Assumptions = {
  activeHours: 16,
  messagesPerLead: 15,
  callsPerMessage: 2.5,
  activeShare: 0.3,
  peakFactor: 3,
  outgoingShare: 0.5,
};
