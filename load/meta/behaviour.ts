import { z } from 'zod';

const ms = z.number().int().min(0).max(3_600_000);

const knobs = z.strictObject({
  statuses: z.boolean(),
  sentAfterMs: ms,
  deliveredAfterMs: ms,
  skipDelivered: z.boolean(),
  readOnOpen: z.boolean(),
  duplicateWebhooks: z.boolean(),
  reorder: z.enum(['none', 'reverse', 'shuffle']),
  batchSize: z.number().int().min(1).max(1000),
  batchWaitMs: ms,
  webhookDelayMs: ms,
  holdWebhooks: z.boolean(),
  webhookTimeoutMs: ms.min(1),
  webhookConcurrency: z.number().int().min(1).max(1000),
  retryFirstMs: ms,
  retryCapMs: ms,
  escapeSlashes: z.boolean(),
  answerAfterMs: ms,
  graphUnreachable: z.boolean(),
  rateLimited: z.boolean(),
  numberLimit: z.boolean(),
  numberLimitPerSecond: z.number().int().min(1).max(100_000),
  pairLimit: z.boolean(),
  window: z.enum(['known', 'strict', 'off']),
});

/** How Meta behaves just now. What each knob does is told in README.md. */
export type Behaviour = z.infer<typeof knobs>;

/** Turns the knobs that `change` names (as it came, so it is read first); the others stay as they are. */
export function turnKnobs(current: Behaviour, change: unknown): Behaviour {
  return knobs.parse({ ...current, ...z.looseObject({}).parse(change) });
}

/** All knobs as they are at the start. */
export function defaultBehaviour(): Behaviour {
  return {
    statuses: true,
    sentAfterMs: 100,
    deliveredAfterMs: 600,
    skipDelivered: false,
    readOnOpen: true,
    duplicateWebhooks: false,
    reorder: 'none',
    batchSize: 1,
    batchWaitMs: 50,
    webhookDelayMs: 0,
    holdWebhooks: false,
    webhookTimeoutMs: 10_000,
    webhookConcurrency: 100,
    retryFirstMs: 250,
    retryCapMs: 60_000,
    escapeSlashes: false,
    answerAfterMs: 0,
    graphUnreachable: false,
    rateLimited: false,
    numberLimit: true,
    numberLimitPerSecond: 80,
    pairLimit: false,
    window: 'known',
  };
}
