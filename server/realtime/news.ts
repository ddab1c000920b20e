import { z } from 'zod';

export const liveChannel = 'parley_live';

/** What changed in a tenant: ids of conversations, or null for "fetch everything visible again". */
const newsForm = z.object({ tenant: z.uuid(), conversations: z.array(z.uuid()).nullable() });
export type News = z.infer<typeof newsForm>;

/** The news in a notice; undefined when it is none: whoever may connect to the database may write to its channels. */
export function readNews(payload: string): News | undefined {
  try {
    return newsForm.parse(JSON.parse(payload));
  } catch {
    return;
  }
}
