import { z } from 'zod';

const ids = z.array(z.uuid()).default([]);
const factsForm = z.object({
  ...{ name: z.string().nullable(), profileName: z.string().nullable(), username: z.string().nullable() },
  ...{ email: z.string().nullable(), language: z.string().nullable(), assigneeId: z.string().nullable() },
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  ...{
    labelIds: z.array(z.string()),
    consent: z.enum(['unknown', 'in', 'out']),
    blockedAt: z.string().nullable(),
  },
});

/** What `merges.moved` holds: what changed hands, and the survivor before and right after. */
export const movedForm = z.object({
  ...{ conversations: ids, addresses: ids, notes: ids, consents: ids, events: ids, followers: ids },
  ...{ before: factsForm, after: factsForm },
});

export type Moved = z.infer<typeof movedForm>;
