import { z } from 'zod';
import { plainText } from './plain-text.ts';

const negated = { not: z.boolean().optional() };
const someOf = z.array(z.string().max(100)).min(1).max(200);
/** An id, or nothing for "none". */
const ids = z
  .array(z.union([z.uuid(), z.literal('')]))
  .min(1)
  .max(200);
const text = z.string().trim().min(1).max(200);

const textual = [
  z.object({ ...negated, op: z.literal('is'), value: text }),
  z.object({ ...negated, op: z.literal('contains'), value: text }),
  z.object({ ...negated, op: z.literal('filled') }),
] as const;
const bounds = z.union([z.number(), z.string().regex(/^\d{4}-\d{2}-\d{2}$/)]);
const key = z.string().regex(/^[a-z0-9_]{1,60}$/);

const conditionForm = z.union([
  z.object({ field: z.literal('language'), ...negated, is: someOf }),
  z.object({ field: z.literal('label'), ...negated, is: ids }),
  z.object({
    field: z.literal('consent'),
    ...negated,
    is: z
      .array(z.enum(['unknown', 'in', 'out']))
      .min(1)
      .max(3),
  }),
  z.object({
    ...{ field: z.literal('source'), ...negated },
    is: z
      .array(z.enum(['import', 'wrote', 'hand', 'ad']))
      .min(1)
      .max(4),
  }),
  z.object({
    ...{ field: z.literal('holder'), ...negated },
    is: z
      .array(z.union([z.uuid(), z.enum(['bot', 'nobody'])]))
      .min(1)
      .max(200),
  }),
  z.object({ field: z.literal('wrote'), ...negated }),
  z.object({ field: z.literal('window'), ...negated }),
  ...textual.map((form) => form.extend({ field: z.enum(['name', 'email']) })),
  ...textual.map((form) => form.extend({ field: z.literal('own'), key })),
  z.object({ field: z.literal('own'), key, ...negated, op: z.enum(['at-least', 'at-most']), value: bounds }),
]);

/**
 * Whom a list, a segment, a bulk change or an export is about. `search`: parts of a name, an e-mail address, an own field
 * or a label, or digits of a number. `conditions` hold all, or any of them; `not` turns one round. PostgreSQL's
 * `lead_conditions` reads the same form.
 */
export const leadFilterForm = z.object({
  search: z.string().max(5_000).trim().default(''),
  join: z.enum(['all', 'any']).default('all'),
  conditions: z.array(conditionForm).max(20).default([]),
});

export type LeadFilter = z.infer<typeof leadFilterForm>;

/** As PostgreSQL's functions take it. User names are shown with their sign, and kept without. */
export const asQuery = (filter: LeadFilter): string =>
  JSON.stringify({ ...filter, search: plainText(filter.search).replace(/^@/, '') }, (_, value) =>
    typeof value === 'string' ? plainText(value) : value,
  );
