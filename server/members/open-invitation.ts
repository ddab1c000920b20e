import type { TenantTx } from '#server/db/with-tenant.ts';
import { Refusal } from '#server/refusal.ts';
import type { Role } from '#server/tenants/roles.ts';

type Open = { id: string; email: string; role: Role; sentAt: Date };

/** An invitation that nobody has accepted or withdrawn, expired or not, locked until the transaction ends. Throws Refusal. */
export async function lockOpenInvitation({ tenantId, db }: TenantTx, id: string): Promise<Open> {
  const [found] = await db.$queryRaw<Open[]>`
    select id, email, role, sent_at as "sentAt" from invitations
    where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and accepted_at is null and revoked_at is null
    for update`;
  if (!found)
    throw new Refusal(
      'not-found',
      'no-invitation',
      'This invitation does not wait any more. Reload the page.',
    );
  return found;
}
