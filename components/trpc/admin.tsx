'use client';
import { QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchStreamLink } from '@trpc/client';
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { makeQueryClient } from './query-client.ts';
import { useLeaveWithOthers } from './signed-out.ts';
import type { AppRouter } from './types.ts';

const AdminContext = createContext<TRPCOptionsProxy<AppRouter> | null>(null);

/** The superadmin's end of the wire: no tenant, and no live news. Only below `AdminProvider`. */
export function useAdmin(): TRPCOptionsProxy<AppRouter>['admin'] {
  const trpc = useContext(AdminContext);
  if (!trpc) throw new Error('useAdmin needs an AdminProvider above it');
  return trpc.admin;
}

export function AdminProvider({ children }: { children: ReactNode }) {
  useLeaveWithOthers();
  const [{ queryClient, trpc }] = useState(makeClients);
  return (
    <QueryClientProvider client={queryClient}>
      <AdminContext value={trpc}>{children}</AdminContext>
    </QueryClientProvider>
  );
}

function makeClients() {
  const queryClient = makeQueryClient();
  const client = createTRPCClient<AppRouter>({ links: [httpBatchStreamLink({ url: '/api/trpc' })] });
  return { queryClient, trpc: createTRPCOptionsProxy<AppRouter>({ client, queryClient }) };
}
