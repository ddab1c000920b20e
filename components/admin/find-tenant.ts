import 'server-only';
import { TRPCError } from '@trpc/server';
import { cache } from 'react';
import { caller } from '#components/trpc/server.tsx';

/** One tenant as the superadmin sees it; null when there is none of this slug. Asked once a request. */
export const findTenant = cache(async (slug: string) => {
  try {
    return await (await caller()).admin.tenant({ slug });
  } catch (error) {
    if (error instanceof TRPCError && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST'))
      return null;
    throw error;
  }
});
