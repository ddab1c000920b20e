import { Refusal } from '#server/refusal.ts';
import { placeProcedure } from './place-procedure.ts';
import { whyClosed } from './standing.ts';

/** A member of the tenant that the input names, while its rooms are open; otherwise they are told why they are not. */
export const memberProcedure = placeProcedure.use(({ ctx: { standing, tenant }, next }) => {
  if (standing.state !== 'active')
    throw new Refusal('precondition', 'tenant-suspended', whyClosed(tenant.name, standing));
  return next();
});
