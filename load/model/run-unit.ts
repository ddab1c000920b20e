import { z } from 'zod';
import type { Assumptions } from './assumptions.ts';

/**
 * What a run counts as one when it says "a second".
 * - `call`: one request of the replaced system; a message took two or three of them.
 * - `turn`: a webhook with one message in, and the bot's answer to it out, taken by Meta and told `sent` and
 *   `delivered`: all that the product does for a message and its answer. It carries two messages when half go out.
 * - `message`: one message, in or out.
 */
export const runUnit = z.enum(['call', 'turn', 'message']);
export type RunUnit = z.infer<typeof runUnit>;

/**
 * How many of the measured things one message costs: 2.5 calls by the report, half a turn when half of the messages go
 * out. A rate divided by it is messages a second, in and out.
 */
export function perMessage(
  unit: RunUnit,
  { callsPerMessage, outgoingShare }: Pick<Assumptions, 'callsPerMessage' | 'outgoingShare'>,
): number {
  if (unit === 'call') return callsPerMessage;
  return unit === 'turn' ? 1 - outgoingShare : 1;
}
