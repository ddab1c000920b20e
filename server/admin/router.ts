import { superadminProcedure } from '#server/trpc/procedures.ts';
import { router } from '#server/trpc/trpc.ts';
import { listTenants } from './list-tenants.ts';

export const adminRouter = router({
  tenants: superadminProcedure.query(() => listTenants()),
});
