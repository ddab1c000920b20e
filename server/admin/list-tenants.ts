import { asPlatform } from '#server/db/as-platform.ts';

export type TenantRow = {
  id: string;
  slug: string;
  name: string;
  /** Whom to ask about it: the first owner's e-mail. */
  owner: string | null;
  state: string;
  createdAt: string;
  members: number;
  channels: number;
  conversations: number;
  lastMessageAt: string | null;
};

type Row = Omit<TenantRow, 'createdAt' | 'lastMessageAt'> & { createdAt: Date; lastMessageAt: Date | null };

/** The newest tenants with what each has, and how many there are in all. Conversations are counted up to 10,000. */
export async function listTenants(most = 1_000): Promise<{ tenants: TenantRow[]; total: number }> {
  return asPlatform(async ({ db }) => {
    const rows = await db.$queryRaw<Row[]>`
      select t.id, t.slug, t.name, t.state, t.created_at as "createdAt",
             (select u.email from members m join users u on u.id = m.user_id
              where m.tenant_id = t.id and m.role = 'owner' order by m.created_at, u.id limit 1) as owner,
             (select count(*)::int from members m where m.tenant_id = t.id) as members,
             (select count(*)::int from channels c where c.tenant_id = t.id) as channels,
             (select count(*)::int from (select from conversations v where v.tenant_id = t.id limit 10000) as counted) as conversations,
             -- Each is the end of an index; together they would be the whole table.
             greatest((select max(v.last_at) from conversations v where v.tenant_id = t.id and v.open),
                      (select max(v.last_at) from conversations v where v.tenant_id = t.id and not v.open)) as "lastMessageAt"
      from tenants t order by t.created_at desc, t.id desc limit ${most}::int`;
    const tenants = rows.map((row) => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
      lastMessageAt: row.lastMessageAt?.toISOString() ?? null,
    }));
    return { tenants, total: await db.tenant.count() };
  });
}
