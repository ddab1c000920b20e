import { z } from 'zod';
import { whoForm } from '#server/people/bulk-change.ts';

export const formats = ['csv', 'xlsx'] as const;

/** What `exports.order` holds, and what a browser asks for. `columns`: keys, in order. */
export const orderForm = z.object({
  who: whoForm,
  columns: z.array(z.string().max(80)).min(1).max(200),
});

export type ExportOrder = z.infer<typeof orderForm>;
