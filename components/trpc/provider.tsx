'use client';
import { QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchStreamLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { noteServerDate } from '#components/ui/clock.ts';
import { fetchUntilGap } from './line.ts';
import { LiveUpdates, useNews } from './live.tsx';
import { makeQueryClient } from './query-client.ts';
import { useLeaveWithOthers } from './signed-out.ts';
import type { AppRouter, Member } from './types.ts';

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

export { useTRPC, useTRPCClient };

const MemberContext = createContext<Member | null>(null);

/** Who is signed in, in which tenant. Only below `TenantProvider`. */
export function useMember(): Member {
  const member = useContext(MemberContext);
  if (!member) throw new Error('useMember needs a TenantProvider above it');
  return member;
}

/** One tenant's end of the wire. Give it the tenant as `key` too: another tenant starts with an empty cache. */
export function TenantProvider({ member, children }: { member: Member; children: ReactNode }) {
  useLeaveWithOthers();
  const [queryClient] = useState(makeQueryClient);
  const [trpcClient] = useState(makeClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        <LiveUpdates client={trpcClient} tenant={member.slug} user={member.user.id}>
          <CurrentMember initial={member}>{children}</CurrentMember>
        </LiveUpdates>
      </TRPCProvider>
    </QueryClientProvider>
  );
}

/** The wire of who is signed in, where there is no tenant yet. */
export function SignedInProvider({ children }: { children: ReactNode }) {
  useLeaveWithOthers();
  const [queryClient] = useState(makeQueryClient);
  const [trpcClient] = useState(makeClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

/** A name, a time zone or a role that somebody changes is another one at once, in every browser. */
function CurrentMember({ initial, children }: { initial: Member; children: ReactNode }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const current = trpc.tenants.current.queryOptions({ tenant: initial.slug });
  const { data } = useQuery({ ...current, initialData: initial });
  useNews(({ conversations }) => {
    if (conversations !== null) return;
    for (const queryKey of [current.queryKey, trpc.tenants.mine.queryKey()])
      void queryClient.invalidateQueries({ queryKey });
  });
  return <MemberContext value={data}>{children}</MemberContext>;
}

function makeClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({ url: '/api/trpc' }),
        false: httpBatchStreamLink({ url: '/api/trpc', fetch: fetchAndNoteTime }),
      }),
    ],
  });
}

async function fetchAndNoteTime(input: RequestInfo | URL | string, init?: unknown): Promise<Response> {
  // The library describes the options by its own, looser type; they are fetch's.
  const response = await fetchUntilGap(input, init as RequestInit | undefined);
  noteServerDate(response.headers.get('date'));
  return response;
}
