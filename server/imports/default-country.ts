import type { TenantTx } from '#server/db/with-tenant.ts';
import { countryOfNumber } from '#server/leads/read-phone.ts';

/** Where the tenant's national numbers are from: as it says, or as its first own number tells; null when nothing does. */
export async function defaultCountry({ db, tenantId }: TenantTx): Promise<string | null> {
  const tenant = await db.tenant.findFirst({ where: { id: tenantId }, select: { country: true } });
  if (tenant?.country) return tenant.country;
  const channel = await db.channel.findFirst({
    where: { tenantId },
    select: { displayPhoneNumber: true },
    orderBy: { createdAt: 'asc' },
  });
  return channel ? countryOfNumber(channel.displayPhoneNumber) : null;
}
