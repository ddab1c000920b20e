import { auditCursorForm, auditFilterForm } from '#server/audit/audit-form.ts';
import { exportEntries } from '#server/audit/export-entries.ts';
import { listChoices } from '#server/audit/list-choices.ts';
import { listEntries } from '#server/audit/list-entries.ts';
import { withDeviceName } from '#server/auth/device-words.ts';
import { withTenant } from '#server/db/with-tenant.ts';
import { router } from '#server/trpc/trpc.ts';
import { mayProcedure } from './may-procedure.ts';

export const auditRouter = router({
  list: mayProcedure('audit.view')
    .input(auditFilterForm.extend({ cursor: auditCursorForm }))
    .query(async ({ ctx, input }) => {
      const { rows, next } = await withTenant(ctx.tenantId, (tx) => listEntries(tx, input));
      return { rows: rows.map(withDeviceName), next };
    }),

  choices: mayProcedure('audit.view').query(({ ctx }) => withTenant(ctx.tenantId, listChoices)),

  /** Changes something: that it was asked for is written down. */
  export: mayProcedure('audit.export')
    .input(auditFilterForm)
    .mutation(({ ctx, input: { tenant: _, ...asked } }) => exportEntries(ctx.tenantId, ctx.actor, asked)),
});
