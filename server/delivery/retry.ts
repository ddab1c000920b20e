import type { SendOutcome } from '#server/whatsapp/graph-client.ts';

/**
 * What follows from the outcome of an attempt. `retry`: again after that many seconds. `unknown`: it may have arrived,
 * so it is not sent again.
 */
export type Verdict =
  | { kind: 'accepted'; wamid: string }
  | { kind: 'failed' }
  | { kind: 'retry'; afterSeconds: number }
  | { kind: 'unknown' };

// Seconds before each further attempt, by what went wrong; when they are used up the message has failed.
const waits = {
  // Nothing reached Meta: some 25 minutes of a dead line.
  unsent: [1, 2, 4, 8, 15, 30, 60, 120, 240, 480, 600],
  retry: [1, 2, 4, 8, 16, 32],
  slow: [2, 5, 10, 30, 60, 120, 300],
  // Meta's own advice for the pair rate limit: 4^X seconds, X from 0.
  pair: [1, 4, 16, 64, 256],
};

/** `attempt` counts from 1. */
export function verdictOn(outcome: SendOutcome, attempt: number): Verdict {
  if (outcome.kind === 'accepted') return outcome;
  if (outcome.kind === 'unknown') return outcome;
  const why = outcome.kind === 'unsent' ? 'unsent' : outcome.class;
  if (why === 'never' || why === 'recipient' || why === 'account') return { kind: 'failed' };
  const afterSeconds = waits[why][attempt - 1];
  return afterSeconds === undefined ? { kind: 'failed' } : { kind: 'retry', afterSeconds };
}
