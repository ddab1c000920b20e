import type { TenantTx } from '#server/db/with-tenant.ts';

/** Those whom a member looked after are nobody's, because they are a member no longer. Returns how many. */
export const releaseLeads = ({ tenantId, db }: TenantTx, userId: string): Promise<number> =>
  db.$executeRaw`
    update leads set assignee_id = null where tenant_id = ${tenantId}::uuid and assignee_id = ${userId}::uuid`;
