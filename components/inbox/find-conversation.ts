import 'server-only';
import { TRPCError } from '@trpc/server';
import { cache } from 'react';
import { caller } from '#components/trpc/server.tsx';

/** The conversation as this member sees it; null when there is none for them. Asked once a request. */
export const findConversation = cache(async (tenant: string, id: string) => {
  try {
    return await (await caller()).inbox.conversation({ tenant, id });
  } catch (error) {
    if (error instanceof TRPCError && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST'))
      return null;
    throw error;
  }
});
