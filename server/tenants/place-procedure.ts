import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { signedInProcedure } from '#server/trpc/procedures.ts';
import { findMember } from './find-member.ts';

/**
 * Somebody with a place in the tenant that the input names by its slug, looked up at every call, whether its rooms are
 * open or not: only for what a member of a suspended tenant may ask. A tenant of somebody else's answers as one that
 * does not exist.
 */
export const placeProcedure = signedInProcedure
  .input(z.object({ tenant: z.string().max(63) }))
  .use(async ({ ctx, input, next }) => {
    const member = await findMember(ctx.user.id, input.tenant);
    if (!member) throw new TRPCError({ code: 'NOT_FOUND', message: 'Not found.' });
    return next({ ctx: { ...member, tenantId: member.tenant.id } });
  });
