import { z } from 'zod';
import { exportEntries } from '#server/audit/export-entries.ts';
import { listChoices } from '#server/audit/list-choices.ts';
import { listEntries } from '#server/audit/list-entries.ts';
import { deviceWords } from '#server/auth/device-words.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { router } from '#server/trpc/trpc.ts';
import { mayProcedure } from './may-procedure.ts';

const day = z.iso.date().nullable().default(null);
const filter = z.object({
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
// A time and an id, as listEntries gives them.
const cursor = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z [\da-f-]{36}$/)
  .nullish()
  .transform((given) => given ?? null);

export const auditRouter = router({
  list: mayProcedure('audit.view')
    .input(filter.extend({ cursor }))
    .query(async ({ ctx, input }) => {
      const { rows, next } = await withTenant(ctx.tenantId, (tx) => listEntries(tx, input));
      return {
        rows: rows.map((row) => ({ ...row, deviceName: row.device && deviceWords(row.device) })),
        next,
      };
    }),

  choices: mayProcedure('audit.view').query(({ ctx }) => withTenant(ctx.tenantId, listChoices)),

  /** Changes something: that it was asked for is written down. */
  export: mayProcedure('audit.export')
    .input(filter)
    .mutation(({ ctx, input: { tenant: _, ...asked } }) => exportEntries(ctx.tenantId, ctx.actor, asked)),
});
