import { asPlatform } from '#server/db/as-platform.ts';

export type TenantRow = {
  id: string;
  slug: string;
  name: string;
  state: string;
  createdAt: string;
  members: number;
  channels: number;
  conversations: number;
};

/** Every tenant, newest first, with what it has; 1,000 at most. Conversations are counted up to 10,000. */
export async function listTenants(): Promise<TenantRow[]> {
  const rows = await asPlatform(
    ({ db }) => db.$queryRaw<(Omit<TenantRow, 'createdAt'> & { createdAt: Date })[]>`
      select t.id, t.slug, t.name, t.state, t.created_at as "createdAt",
             (select count(*)::int from members m where m.tenant_id = t.id) as members,
             (select count(*)::int from channels c where c.tenant_id = t.id) as channels,
             (select count(*)::int from (select from conversations v where v.tenant_id = t.id limit 10000) as counted) as conversations
      from tenants t order by t.created_at desc, t.id desc limit 1000`,
  );
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}
