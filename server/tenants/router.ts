import { signedInProcedure } from '#server/trpc/procedures.ts';
import { router } from '#server/trpc/trpc.ts';
import { tenantsOf } from './find-member.ts';
import { memberProcedure } from './member-procedure.ts';

export const tenantsRouter = router({
  mine: signedInProcedure.query(async ({ ctx: { user } }) => ({
    user: { id: user.id, name: user.name, email: user.email, superadmin: user.superadmin },
    tenants: await tenantsOf(user.id),
  })),

  current: memberProcedure.query(({ ctx: { tenant, role, user } }) => ({
    slug: tenant.slug,
    name: tenant.name,
    timeZone: tenant.timeZone,
    language: tenant.language,
    role,
    user: { id: user.id, name: user.name, email: user.email },
  })),
});
