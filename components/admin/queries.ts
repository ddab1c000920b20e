import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#components/trpc/types.ts';

type Admin = TRPCOptionsProxy<AppRouter>['admin'];

export type TenantState = 'active' | 'suspended' | 'deleting' | 'erasing';
export type Order = 'newest' | 'name';
/** Which tenants are shown, and in which order. */
export type Wanted = { search: string; state: TenantState | null; tier: string | null; order: Order };

export const everything: Wanted = { search: '', state: null, tier: null, order: 'newest' };

/** The superadmin's reads, the same for the server that fetches ahead and the browser that uses them. */
export function tenantsQuery(admin: Admin, wanted: Wanted) {
  return admin.tenants.infiniteQueryOptions(wanted, { getNextPageParam: (page) => page.next });
}

export function tenantQuery(admin: Admin, slug: string) {
  return admin.tenant.queryOptions({ slug });
}
