import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import type { AppRouter } from './types.ts';

/** The procedures for a page outside all rooms, where nothing is kept and no news comes. */
export const plainClient = (): TRPCClient<AppRouter> =>
  createTRPCClient<AppRouter>({ links: [httpLink({ url: '/api/trpc' })] });
