import { z } from 'zod';
import { asPlatform, type PlatformTx } from '#server/db/as-platform.ts';
import { Prisma } from '#server/db/sql.ts';
import { mostCounted } from './usage.ts';

export const states = ['active', 'suspended', 'deleting', 'erasing'] as const;
export type TenantState = (typeof states)[number];

/** Where a page begins: after the tenant of this id, whose name or time of making is `key`. */
const cursor = z.object({ key: z.string().max(300), id: z.uuid() });
export const listInput = z.object({
  search: z.string().max(200).trim().default(''),
  state: z.enum(states).nullish(),
  /** Of this tier, or `none` for those without any. */
  tier: z.union([z.uuid(), z.literal('none')]).nullish(),
  order: z.enum(['newest', 'name']).default('newest'),
  cursor: cursor.nullish(),
});
type Options = z.output<typeof listInput>;

export type TenantRow = {
  id: string;
  slug: string;
  name: string;
  /** Whom to ask about it: the first owner's e-mail. */
  owner: string | null;
  state: TenantState;
  createdAt: string;
  members: number;
  channels: number;
  tier: string | null;
  /** Messages in and out on the tenant's today, and on its last thirty days. */
  today: number;
  last30Days: number;
  lastMessageAt: string | null;
};
type Row = Omit<TenantRow, 'createdAt' | 'lastMessageAt'> & { createdAt: Date; lastMessageAt: Date | null };

/** The word for a tenant's state; one that waits to be erased, or is being erased, is more than suspended. */
export const stateOf = Prisma.sql`
  case when t.erasing_at is not null then 'erasing' when t.delete_after is not null then 'deleting' else t.state end`;

/** A page of tenants with what each has and did, and how many match in all (counted up to `mostCounted`). */
export function listTenants(
  { search, state, tier, order, cursor: place }: Options,
  { most = 50, now = new Date() } = {},
): Promise<{ tenants: TenantRow[]; total: number; next: z.infer<typeof cursor> | null }> {
  return asPlatform(async ({ db }) => {
    const inState = state ? Prisma.sql`and ${stateOf} = ${state}` : Prisma.empty;
    const matching = Prisma.sql`${await whereFound({ db }, search)} ${inState} ${ofTier(tier)}`;
    const byName = order === 'name';
    const after = !place
      ? Prisma.empty
      : byName
        ? Prisma.sql`and (t.name, t.id) > (${place.key}, ${place.id}::uuid)`
        : Prisma.sql`and (t.created_at, t.id) < (${place.key}::timestamptz, ${place.id}::uuid)`;
    const sorting = byName ? Prisma.sql`t.name, t.id` : Prisma.sql`t.created_at desc, t.id desc`;
    const rows = await db.$queryRaw<Row[]>`
      with page as materialized (select t.* from tenants t where true ${matching} ${after} order by ${sorting} limit ${most + 1}::int)
      select t.id, t.slug, t.name, t.created_at as "createdAt", ${stateOf} as state,
             (select u.email from members m join users u on u.id = m.user_id
              where m.tenant_id = t.id and m.role = 'owner' order by m.created_at, u.id limit 1) as owner,
             (select count(*)::int from members m where m.tenant_id = t.id) as members,
             (select count(*)::int from channels c where c.tenant_id = t.id) as channels,
             (select name from tiers where id = t.tier_id) as tier, spent.today, spent."last30Days",
             -- Each is the end of an index; together they would be the whole table.
             greatest((select max(v.last_at) from conversations v where v.tenant_id = t.id and v.open),
                      (select max(v.last_at) from conversations v where v.tenant_id = t.id and not v.open)) as "lastMessageAt"
      from page t cross join lateral (
        select coalesce(sum(u.inbound + u.outbound) filter (where u.day >= d.today), 0)::float8 as today,
               coalesce(sum(u.inbound + u.outbound), 0)::float8 as "last30Days"
        from (select usage_day(t.time_zone, t.former_time_zone, t.time_zone_from, ${now}::timestamptz) as today) d
        left join usage u on u.tenant_id = t.id and u.day > d.today - 30) spent
      order by ${sorting}`;
    const [counted] = await db.$queryRaw<{ total: number }[]>`
      select count(*)::int as total from (select from tenants t where true ${matching} limit ${mostCounted}::int) as found`;
    const tenants = rows.slice(0, most).map((row) => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
      lastMessageAt: row.lastMessageAt?.toISOString() ?? null,
    }));
    const last = tenants.at(-1);
    const next =
      rows.length > most && last ? { key: byName ? last.name : last.createdAt, id: last.id } : null;
    return { tenants, total: counted?.total ?? 0, next };
  });
}

const ofTier = (tier: Options['tier']) =>
  !tier
    ? Prisma.empty
    : tier === 'none'
      ? Prisma.sql`and t.tier_id is null`
      : Prisma.sql`and t.tier_id = ${tier}::uuid`;

/** Those whose name and slug, or an owner's address, hold every word; all without a word. */
async function whereFound({ db }: Pick<PlatformTx, 'db'>, search: string): Promise<Prisma.Sql> {
  if (search === '') return Prisma.empty;
  const [row] = await db.$queryRaw<{ patterns: string[] }[]>`select search_patterns(${search}) as patterns`;
  const patterns = row?.patterns ?? [];
  return Prisma.sql`and t.id in (
    select id from tenants where search_form(name || ' ' || slug) like all (${patterns}::text[])
    union
    select m.tenant_id from users u join members m on m.user_id = u.id and m.role = 'owner'
    where u.email like all (${patterns}::text[]))`;
}
