import { Refusal } from '#server/refusal.ts';
import { memberProcedure } from './member-procedure.ts';
import { placeProcedure } from './place-procedure.ts';
import { may, type Permission, type Role, whoMay } from './roles.ts';

/** A member whose role allows this; any other member is told who may, and a stranger that there is nothing. */
export const mayProcedure = (permission: Permission) =>
  memberProcedure.use(({ ctx, next }) => {
    demand(ctx.role, permission);
    return next();
  });

/** The same in a suspended tenant too: for what is somebody's own whatever else they may not, their data and its end. */
export const mayWhileClosed = (permission: Permission) =>
  placeProcedure.use(({ ctx, next }) => {
    demand(ctx.role, permission);
    return next();
  });

function demand(role: Role, permission: Permission) {
  if (!may(role, permission)) throw new Refusal('not-allowed', 'role', whoMay(permission));
}
