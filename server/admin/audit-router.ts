import { auditCursorForm, auditFilterForm } from '#server/audit/audit-form.ts';
import { listChoices } from '#server/audit/list-choices.ts';
import { listEntries } from '#server/audit/list-entries.ts';
import { withDeviceName } from '#server/auth/device-words.ts';
import { asPlatform } from '#server/db/as-platform.ts';
import { superadminProcedure } from '#server/trpc/procedures.ts';
import { router } from '#server/trpc/trpc.ts';

/** What was done to the installation, and whatever else is no tenant's: the superadmin's. */
export const platformAuditRouter = router({
  list: superadminProcedure
    .input(auditFilterForm.extend({ cursor: auditCursorForm }))
    .query(async ({ input }) => {
      const { rows, next } = await asPlatform(({ db }) => listEntries({ db, tenantId: null }, input));
      return { rows: rows.map(withDeviceName), next };
    }),

  choices: superadminProcedure.query(() => asPlatform(({ db }) => listChoices({ db, tenantId: null }))),
});
