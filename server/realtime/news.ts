import { z } from 'zod';

export const liveChannel = 'parley_live';

/** What changed in a tenant: ids of conversations, or null for "fetch everything visible again". */
const newsForm = z.object({ tenant: z.uuid(), conversations: z.array(z.uuid()).nullable() });
/** Something was taken away from this session, user or tenant; PostgreSQL's own triggers tell it. */
const lossForm = z.object({ access: z.uuid() });
const noticeForm = z.union([newsForm, lossForm]);
export type News = z.infer<typeof newsForm>;

/** What a notice says; undefined when it is none of ours: whoever may connect to the database may write to its channels. */
export function readNotice(payload: string): z.infer<typeof noticeForm> | undefined {
  try {
    return noticeForm.parse(JSON.parse(payload));
  } catch {
    return;
  }
}
