import { z } from 'zod';

const conversation = z.object({ tenantId: z.uuid(), conversationId: z.uuid() });
/** The channel lets delivery keep a slow number from holding up the others. */
const conversationOnChannel = conversation.extend({ channelId: z.uuid() });

/**
 * Every kind of job: its payload, by which of its ids it waits once, and how its queue behaves. A job says "look after
 * this conversation" and carries nothing to do, so running it twice, late, or beside another one does no harm: handlers
 * lock the row that it names. `isFair`: tenants share the workers (see fair-line).
 *
 * Policy `short`: one waits for each key; a new one is dropped while one waits. Not `stately` (one active as well):
 * there the job of a killed worker stays "active" and blocks its conversation until its heartbeat runs out.
 */
export const catalog = {
  'take-turns': { payload: conversation, key: 'conversationId', batch: 200, lanes: 1, isFair: true },
  deliver: { payload: conversationOnChannel, key: 'conversationId', batch: 100, lanes: 2, isFair: true },
  'watch-channel': {
    payload: z.object({ tenantId: z.uuid(), channelId: z.uuid() }),
    key: 'channelId',
    batch: 10,
    lanes: 1,
  },
  'bulk-change': {
    payload: z.object({ tenantId: z.uuid(), changeId: z.uuid() }),
    key: 'changeId',
    batch: 5,
    lanes: 1,
  },
  export: {
    payload: z.object({ tenantId: z.uuid(), exportId: z.uuid() }),
    key: 'exportId',
    batch: 1,
    lanes: 1,
    // Seconds: a file of a million leads is longer under way than anything else.
    expireInSeconds: 3600,
  },
  import: {
    payload: z.object({ tenantId: z.uuid(), importId: z.uuid() }),
    key: 'importId',
    batch: 1,
    lanes: 2,
  },
  'send-mail': { payload: z.object({ letterId: z.uuid() }), key: 'letterId', batch: 1, lanes: 2 },
} as const;

export type JobName = keyof typeof catalog;
export type JobData<N extends JobName> = z.infer<(typeof catalog)[N]['payload']>;

export const queueOptions = {
  policy: 'short',
  notify: true,
  retryLimit: 5,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  expireInSeconds: 120,
  heartbeatSeconds: 30,
  retentionSeconds: 7 * 24 * 3600,
  deleteAfterSeconds: 60,
} as const;
