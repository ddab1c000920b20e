import type { TenantTx } from '#server/db/with-tenant.ts';
import type { Role } from '#server/tenants/roles.ts';

export type InvitationRow = {
  id: string;
  email: string;
  role: Role;
  inviter: string;
  /** ISO 8601. */
  sentAt: string;
  expiresAt: string;
};

type Row = Omit<InvitationRow, 'sentAt' | 'expiresAt'> & { sentAt: Date; expiresAt: Date };

/** The invitations that wait, expired ones among them, newest first. */
export async function listInvitations({ tenantId, db }: TenantTx): Promise<InvitationRow[]> {
  const rows = await db.$queryRaw<Row[]>`
    select id, email, role, inviter_name as inviter, sent_at as "sentAt", expires_at as "expiresAt" from invitations
    where tenant_id = ${tenantId}::uuid and accepted_at is null and revoked_at is null
    order by created_at desc, id desc limit 1000`;
  return rows.map((row) => ({
    ...row,
    sentAt: row.sentAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
}
