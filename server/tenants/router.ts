import { z } from 'zod';
import { withTenant } from '#server/db/with-tenant.ts';
import { signedInProcedure } from '#server/trpc/procedures.ts';
import { router } from '#server/trpc/trpc.ts';
import { countHoldings } from './count-holdings.ts';
import { deleteOwnTenant, takeDeletionBack } from './delete-own-tenant.ts';
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

  /** What its deletion would take away. */
  holdings: mayProcedure('tenant.delete').query(({ ctx }) => withTenant(ctx.tenantId, countHoldings)),

  delete: mayProcedure('tenant.delete')
    .input(z.object({ typedName: z.string().max(1_000) }))
    .mutation(({ ctx: { tenant, actor, user }, input }) =>
      deleteOwnTenant(tenant, input.typedName, { actor, email: user.email }),
    ),

  /** Asked where every room is closed. */
  takeDeletionBack: placeProcedure.mutation(({ ctx: { tenant, role, standing, actor, user } }) =>
    takeDeletionBack({ slug: tenant.slug, role, standing }, { actor, email: user.email }),
  ),
});
