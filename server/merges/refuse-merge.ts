import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';

/** Keeps that these two are not one person, so that nobody is asked again. */
export async function refuseMerge(
  { tenantId, db }: TenantTx,
  { leadId, otherId }: { leadId: string; otherId: string },
): Promise<void> {
  const known = await db.lead.count({ where: { tenantId, id: { in: [leadId, otherId] } } });
  if (known < 2) throw new Refusal('not-found', 'no-lead', 'This lead does not exist.');
  const [oneId = leadId, other = otherId] = [leadId, otherId].sort();
  await db.mergeRefusal.createMany({ data: [{ tenantId, oneId, otherId: other }], skipDuplicates: true });
}
