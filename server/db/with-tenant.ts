import { client } from './client.ts';
import { type Db, transaction } from './transaction.ts';

/** Whoever holds one may read and write this tenant's rows; nobody else can. */
export type TenantTx = { readonly tenantId: string; readonly db: Db };

/**
 * Runs work in one transaction that sees this tenant's rows only: the role has no BYPASSRLS and the policies read the
 * setting. Open one for a request, not one for a query. `work` may run again after a deadlock.
 */
export function withTenant<T>(tenantId: string, work: (tx: TenantTx) => Promise<T>): Promise<T> {
  return transaction(client('tenant'), async (db) => {
    await db.$queryRaw`select set_config('role', 'parley_tenant', true), set_config('app.tenant_id', ${tenantId}, true)`;
    return work({ tenantId, db });
  });
}
