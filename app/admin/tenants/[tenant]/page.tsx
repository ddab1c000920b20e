import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { superadmin } from '#app/gate.ts';
import { findTenant } from '#components/admin/find-tenant.ts';
import { tenantQuery } from '#components/admin/queries.ts';
import { TenantPage } from '#components/admin/tenant-page.tsx';
import { Prefetched } from '#components/trpc/prefetched.tsx';
import { trpc } from '#components/trpc/server.tsx';

type Props = { params: Promise<{ tenant: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await superadmin();
  return { title: (await findTenant((await params).tenant))?.name ?? 'Not found' };
}

export default async function AdminTenantPage({ params }: Props) {
  await superadmin();
  const { tenant: slug } = await params;
  const tenant = await findTenant(slug);
  if (!tenant) notFound();
  return (
    <Prefetched
      fetch={(queryClient) => {
        queryClient.setQueryData(tenantQuery(trpc.admin, slug).queryKey, tenant);
        return [];
      }}
    >
      <TenantPage slug={slug} />
    </Prefetched>
  );
}
