import { z } from 'zod';

export const liveChannel = 'parley_live';

/** What changed in a tenant: ids of conversations, or null for "fetch everything visible again". */
export const newsForm = z.object({ tenant: z.uuid(), conversations: z.array(z.uuid()).nullable() });
export type News = z.infer<typeof newsForm>;
