import { Tenants } from '#components/admin/tenants.tsx';
import { caller } from '#components/trpc/server.tsx';

export const metadata = { title: 'Tenants' };

export default async function TenantsPage() {
  // What fails here is asked again by the browser, which can say what is wrong and offer Retry.
  const tenants = await (await caller()).admin.tenants().catch(() => undefined);
  return <Tenants {...(tenants && { initial: tenants })} />;
}
