import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';

/** What a lead is called in the audit log. Refuses when the tenant has none with this id. */
export async function nameOf({ db, tenantId }: TenantTx, id: string): Promise<string> {
  const lead = await db.lead.findFirst({
    where: { tenantId, id },
    select: { name: true, profileName: true, addresses: { select: { raw: true }, take: 1 } },
  });
  if (!lead) throw new Refusal('not-found', 'no-lead', 'This lead does not exist.');
  return lead.name ?? lead.profileName ?? lead.addresses[0]?.raw ?? 'Somebody';
}
