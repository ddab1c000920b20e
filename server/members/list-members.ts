import type { TenantTx } from '#server/db/with-tenant.ts';
import type { Role } from '#server/tenants/roles.ts';

export type MemberRow = {
  userId: string;
  name: string;
  email: string;
  role: Role;
  /** ISO 8601. */
  joinedAt: string;
  /** How many open conversations they hold. */
  holds: number;
  you: boolean;
};

type Row = Omit<MemberRow, 'joinedAt' | 'you'> & { joinedAt: Date };

/** Who is a member: owners first, then admins, then agents, each by name. */
export async function listMembers({ tenantId, db }: TenantTx, userId: string): Promise<MemberRow[]> {
  const rows = await db.$queryRaw<Row[]>`
    select m.user_id as "userId", u.name, u.email, m.role, m.created_at as "joinedAt",
           (select count(*)::int from conversations c where c.tenant_id = m.tenant_id and c.assignee_id = m.user_id
              and c.open and c.holder = 'member') as holds
    from members m join users u on u.id = m.user_id
    where m.tenant_id = ${tenantId}::uuid
    order by array_position(array['owner', 'admin', 'agent'], m.role), lower(u.name), u.id limit 1000`;
  return rows.map((row) => ({ ...row, joinedAt: row.joinedAt.toISOString(), you: row.userId === userId }));
}
