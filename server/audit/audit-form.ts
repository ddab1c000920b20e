import { z } from 'zod';

const day = z.iso.date().nullable().default(null);
/** What a log is narrowed to, as it is asked for. */
export const auditFilterForm = z.object({
  who: z
    .union([z.uuid(), z.literal('system')])
    .nullable()
    .default(null),
  what: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .nullable()
    .default(null),
  firstDay: day,
  lastDay: day,
});
/** A time and an id, as listEntries gives them. */
export const auditCursorForm = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z [\da-f-]{36}$/)
  .nullish()
  .transform((given) => given ?? null);
