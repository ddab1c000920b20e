import { TRPCError } from '@trpc/server';
import { publicProcedure } from './trpc.ts';

const notFound = () => new TRPCError({ code: 'NOT_FOUND', message: 'Not found.' });

/** Somebody who is signed in. */
export const signedInProcedure = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.user) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'You are signed out. Sign in again.' });
  return next({ ctx: { user: ctx.user } });
});

/** The superadmin; for anybody else there is nothing here. */
export const superadminProcedure = signedInProcedure.use(({ ctx, next }) => {
  if (!ctx.user.superadmin) throw notFound();
  return next();
});
