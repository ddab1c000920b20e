import { Refusal } from '#server/refusal.ts';
import { memberProcedure } from './member-procedure.ts';
import { may, type Permission, whoMay } from './roles.ts';

/** A member whose role allows this; any other member is told who may, and a stranger that there is nothing. */
export const mayProcedure = (permission: Permission) =>
  memberProcedure.use(({ ctx, next }) => {
    if (!may(ctx.role, permission)) throw new Refusal('not-allowed', 'role', whoMay(permission));
    return next();
  });
