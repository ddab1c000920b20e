import { signedInProcedure } from '#server/trpc/procedures.ts';
import { router } from '#server/trpc/trpc.ts';
import { tenantsOf } from './find-member.ts';
import { placeProcedure } from './place-procedure.ts';

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
    standing,
    user: { id: user.id, name: user.name, email: user.email },
  })),
});
