import 'server-only';
import { TRPCError } from '@trpc/server';
import { caller } from '#components/trpc/server.tsx';

/** The channel as this member sees it; null when there is none for them. */
export async function findChannel(tenant: string, key: string) {
  try {
    return await (await caller()).channels.get({ tenant, key });
  } catch (error) {
    if (error instanceof TRPCError && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST'))
      return null;
    throw error;
  }
}
