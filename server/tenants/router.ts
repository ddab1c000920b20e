import { withTenant } from '#server/db/with-tenant.ts';
import { signedInProcedure } from '#server/trpc/procedures.ts';
import { router } from '#server/trpc/trpc.ts';
import { editTenant } from './edit-tenant.ts';
import { tenantsOf } from './find-member.ts';
import { mayProcedure } from './may-procedure.ts';
import { placeProcedure } from './place-procedure.ts';
import { permissionsOf } from './roles.ts';
import { looseTenantForm } from './tenant-form.ts';

export const tenantsRouter = router({
  mine: signedInProcedure.query(async ({ ctx: { user } }) => ({
    user: { id: user.id, name: user.name, email: user.email, superadmin: user.superadmin },
    tenants: await tenantsOf(user.id),
  })),

  /** Answered in a suspended tenant too: its members are told why nothing else is. */
  current: placeProcedure.query(({ ctx: { tenant, role, standing, user } }) => ({
    slug: tenant.slug,
    name: tenant.name,
    timeZone: tenant.timeZone,
    language: tenant.language,
    role,
    may: permissionsOf(role),
    standing,
    user: { id: user.id, name: user.name, email: user.email },
  })),

  edit: mayProcedure('tenant.edit')
    .input(looseTenantForm)
    .mutation(({ ctx: { tenantId, actor }, input: { name, timeZone, language } }) =>
      withTenant(tenantId, (tx) => editTenant(tx, { name, timeZone, language }, actor)),
    ),
});
