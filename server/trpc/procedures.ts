import { TRPCError } from '@trpc/server';
import type { UserActor } from '#server/audit/record-audit.ts';
import { publicProcedure } from './trpc.ts';

const notFound = () => new TRPCError({ code: 'NOT_FOUND', message: 'Not found.' });

/** Somebody who is signed in; `actor` is who the audit log says that they are. */
export const signedInProcedure = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.user) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'You are signed out. Sign in again.' });
  const actor: UserActor = { userId: ctx.user.id, name: ctx.user.name, ...ctx.from };
  return next({ ctx: { user: ctx.user, actor } });
});

/** The superadmin; for anybody else there is nothing here. */
export const superadminProcedure = signedInProcedure.use(({ ctx, next }) => {
  if (!ctx.user.superadmin) throw notFound();
  return next();
});
