import { TRPCError } from '@trpc/server';
import type { UserActor } from '#server/audit/record-audit.ts';
import { isSecondFactorDemanded } from '#server/auth/second-factor.ts';
import { Refusal } from '#server/refusal.ts';
import { publicProcedure } from './trpc.ts';

const notFound = () => new TRPCError({ code: 'NOT_FOUND', message: 'Not found.' });

/** Somebody who is signed in; `actor` is who the audit log says that they are. */
export const signedInProcedure = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.user) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'You are signed out. Sign in again.' });
  const actor: UserActor = { userId: ctx.user.id, name: ctx.user.name, ...ctx.from };
  return next({ ctx: { user: ctx.user, actor } });
});

/** Somebody whose e-mail address is confirmed: for what others rely on, such as making a tenant or joining one. */
export const confirmedProcedure = signedInProcedure.use(({ ctx, next }) => {
  if (!ctx.user.confirmed)
    throw new Refusal(
      'precondition',
      'email-unconfirmed',
      `Confirm your e-mail address first: follow the link in the letter to ${ctx.user.email}. Your account can send it again.`,
    );
  return next();
});

/** The superadmin, in production with a second factor; for anybody else there is nothing here. */
export const superadminProcedure = signedInProcedure.use(({ ctx, next }) => {
  if (!ctx.user.superadmin) throw notFound();
  if (isSecondFactorDemanded() && !ctx.user.secondFactor)
    throw new Refusal(
      'precondition',
      'second-factor-needed',
      'A superadmin signs in with two factors. Set up the second one in your account.',
    );
  return next();
});
