import type { TenantTx } from '#server/db/with-tenant.ts';

export async function deleteFile({ db, tenantId }: TenantTx, id: string) {
  await db.$executeRaw`delete from files where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`;
}
