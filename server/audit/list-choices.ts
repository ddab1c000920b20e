import { isOf, type Log } from './list-entries.ts';

export type AuditChoices = {
  /** Who appears in the log, members and former ones, by name. */
  people: { id: string; name: string }[];
  /** Whether something was done by no person. */
  system: boolean;
  /** What actions begin with, such as "member". */
  areas: string[];
};

/** What the log can be narrowed to: of its newest entries, which is where one looks. */
export async function listChoices({ tenantId, db }: Log): Promise<AuditChoices> {
  const rows = await db.$queryRaw<{ id: string | null; name: string; areas: string[] }[]>`
    select actor_id as id, (array_agg(actor_name order by at desc))[1] as name,
           array_agg(distinct split_part(action, '.', 1)) as areas
    from (select * from audit where ${isOf(tenantId)} order by at desc, id desc limit 10000) newest
    group by actor_id order by lower((array_agg(actor_name order by at desc))[1]) limit 1000`;
  return {
    people: rows.flatMap(({ id, name }) => (id === null ? [] : [{ id, name }])),
    system: rows.some(({ id }) => id === null),
    areas: [...new Set(rows.flatMap(({ areas }) => areas))].sort(),
  };
}
