import fc from 'fast-check';
import type { Assumptions } from './assumptions.ts';

/** Rates a second. */
export const rates = fc.double({ min: 0.1, max: 50_000, noNaN: true });

/** Any that the form takes, within what is thinkable. */
export const assumptionsAtAll: fc.Arbitrary<Assumptions> = fc.record({
  activeHours: fc.integer({ min: 1, max: 24 }),
  messagesPerLead: fc.double({ min: 1, max: 200, noNaN: true }),
  callsPerMessage: fc.double({ min: 0.5, max: 10, noNaN: true }),
  activeShare: fc.double({ min: 0.01, max: 1, noNaN: true }),
  peakFactor: fc.double({ min: 1, max: 10, noNaN: true }),
  outgoingShare: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
});
