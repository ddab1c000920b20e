import { asPlatform } from '#server/db/as-platform.ts';
import type { Role } from './roles.ts';
import { type Standing, type StandingRow, standingColumns, standingOf } from './standing.ts';

export type Membership = {
  tenant: { id: string; slug: string; name: string; timeZone: string; language: string };
  role: Role;
  standing: Standing;
};

type Row = Membership['tenant'] & { role: Role } & StandingRow;

/**
 * The user's place in the tenant of this slug, or undefined: for a stranger a tenant that exists looks like none. A
 * suspended one is found, with its standing: whoever opens its rooms has to ask for that (`memberProcedure` does).
 */
export async function findMember(userId: string, slug: string): Promise<Membership | undefined> {
  const [row] = await asPlatform(
    ({ db }) => db.$queryRaw<Row[]>`
      select t.id, t.slug, t.name, t.time_zone as "timeZone", t.language, m.role, ${standingColumns}
      from tenants t join members m on m.tenant_id = t.id and m.user_id = ${userId}::uuid
      where t.slug = ${slug} and t.erasing_at is null`,
  );
  if (!row) return undefined;
  const { id, name, timeZone, language, role } = row;
  return { tenant: { id, slug, name, timeZone, language }, role, standing: standingOf(row) };
}

type Place = { slug: string; name: string; role: Role; state: Standing['state'] };

/** Every tenant in which the user has a place, by name; those whose rooms are closed too. */
export function tenantsOf(userId: string): Promise<Place[]> {
  return asPlatform(
    ({ db }) => db.$queryRaw`
      select t.slug, t.name, m.role, case when t.delete_after is null then t.state else 'deleting' end as state
      from members m join tenants t on t.id = m.tenant_id
      where m.user_id = ${userId}::uuid and t.erasing_at is null order by t.name, t.slug limit 500`,
  );
}
