import { z } from 'zod';
import { fieldKinds } from '#server/leads/fields.ts';

const dateOrders = ['day-month', 'month-day'] as const;
export type DateOrder = (typeof dateOrders)[number];

/** Where a column of the file goes. `make`: to a field of this name that is made on the way. */
export const column = z.discriminatedUnion('to', [
  z.object({ to: z.enum(['nothing', 'phone', 'name', 'email', 'language', 'labels', 'consent']) }),
  z.object({ to: z.literal('field'), key: z.string().max(60), dates: z.enum(dateOrders).optional() }),
  z.object({
    to: z.literal('make'),
    name: z.string().trim().min(1).max(60),
    kind: z.enum(fieldKinds),
    /** Of a choice: what the check found in the file. */
    choices: z.array(z.string().max(200)).max(200).optional(),
    dates: z.enum(dateOrders).optional(),
  }),
]);
export type Column = z.infer<typeof column>;

/** What to do with leads that are known already. */
export const onKnown = z.enum(['fill', 'overwrite', 'leave']);
export type OnKnown = z.infer<typeof onKnown>;

/** What somebody chooses for an import. `columns` in the order of the file's; `full`: no pauses for others. */
export const options = z.object({
  columns: z.array(column).max(500),
  hasHeader: z.boolean(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  label: z.string().trim().max(60).nullable(),
  onKnown,
  pace: z.enum(['gentle', 'full']),
  sheet: z.string().max(100).nullable(),
  delimiter: z.string().max(1).nullable(),
});
export type Options = z.infer<typeof options>;

/** What the file turned out to be. `lines` about how many it has; `known`: what the check found for each way with known leads. */
export type Format = {
  kind: 'csv' | 'xlsx';
  encoding: string | null;
  delimiter: string | null;
  sheets: string[];
  names: string[];
  samples: string[][];
  /** Why nothing was checked yet, in words. */
  question: string | null;
  known: { fill: number; overwrite: number; all: number };
  /** In words, where the tenant's lead quota does not take them all. */
  quota: string | null;
};
