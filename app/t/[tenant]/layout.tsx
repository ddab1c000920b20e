import type { ReactNode } from 'react';
import { memberOf } from '#app/gate.ts';
import { Shell } from '#components/shell/shell.tsx';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { TenantProvider } from '#components/trpc/provider.tsx';
import { trpc } from '#components/trpc/server.tsx';

type Props = { params: Promise<{ tenant: string }>; children: ReactNode };

export default async function TenantLayout({ params, children }: Props) {
  const member = await memberOf((await params).tenant);
  return (
    <TenantProvider key={member.slug} member={member}>
      <Prefetched fetch={(queryClient) => [queryClient.prefetchQuery(trpc.tenants.mine.queryOptions())]}>
        <Shell>{children}</Shell>
      </Prefetched>
    </TenantProvider>
  );
}
