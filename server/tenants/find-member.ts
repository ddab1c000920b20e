import { asPlatform } from '#server/db/as-platform.ts';
import type { Role } from './roles.ts';

export type Membership = {
  tenant: { id: string; slug: string; name: string; timeZone: string; language: string };
  role: Role;
};

type Row = Membership['tenant'] & { role: Role };

/** The user's place in the tenant of this slug, or undefined: for a stranger a tenant that exists looks like none. */
export async function findMember(userId: string, slug: string): Promise<Membership | undefined> {
  const [row] = await asPlatform(
    ({ db }) => db.$queryRaw<Row[]>`
      select t.id, t.slug, t.name, t.time_zone as "timeZone", t.language, m.role
      from tenants t join members m on m.tenant_id = t.id and m.user_id = ${userId}::uuid
      where t.slug = ${slug} and t.state = 'active'`,
  );
  if (!row) return undefined;
  const { role, ...tenant } = row;
  return { tenant, role };
}

/** Every tenant in which the user has a place, by name. */
export function tenantsOf(userId: string): Promise<{ slug: string; name: string; role: Role }[]> {
  return asPlatform(
    ({ db }) => db.$queryRaw`
      select t.slug, t.name, m.role from members m join tenants t on t.id = m.tenant_id
      where m.user_id = ${userId}::uuid and t.state = 'active' order by t.name, t.slug limit 500`,
  );
}
