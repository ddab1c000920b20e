import 'server-only';
import { TRPCError } from '@trpc/server';
import { cache } from 'react';
import { caller } from '#components/trpc/server.tsx';

/** The lead with this id, or undefined when the tenant has none. Asked once a request. */
export const findLead = cache(async (tenant: string, id: string) => {
  try {
    return await (await caller()).people.get({ tenant, id });
  } catch (error) {
    if (error instanceof TRPCError && ['NOT_FOUND', 'BAD_REQUEST'].includes(error.code)) return undefined;
    throw error;
  }
});
