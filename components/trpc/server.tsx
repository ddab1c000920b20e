import 'server-only';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { headers } from 'next/headers';
import { cache } from 'react';
import { appRouter, createCaller } from '#server/router.ts';
import { createContext } from '#server/trpc/context.ts';
import { makeQueryClient } from './query-client.ts';

// Once a request, however many components ask.
const context = cache(async () => createContext(await headers()));

/** Query options that are answered in this process: see `Prefetched`. */
export const trpc = createTRPCOptionsProxy({ ctx: context, router: appRouter, queryClient: makeQueryClient });

/** The procedures as plain functions, for gates. */
export const caller = async () => createCaller(await context());
