import type { PlatformTx } from '#server/db/as-platform.ts';

type Table = { name: string; leansOn: string[] };

// By its numbers what is in quarantine is known, and by its members who belongs nowhere else: they go with the tenant.
const last = ['channels', 'members'];

/**
 * The tables with tenants' rows that are emptied one by one, as the catalogue knows them today, each before those that
 * its rows lean on. Not among them: what goes with the tenant's own row at the end, and what nobody may delete from.
 */
export async function erasableTables({ db }: PlatformTx): Promise<string[]> {
  const tables = await db.$queryRaw<Table[]>`
    select c.oid::regclass::text as name,
           array(select k.confrelid::regclass::text from pg_constraint k
                 where k.contype = 'f' and k.conrelid = c.oid and k.confrelid <> c.oid) as "leansOn"
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and has_table_privilege(c.oid, 'delete') order by 1`;
  const kept = new Set(last);
  for (let size = 0; size < kept.size; ) {
    size = kept.size;
    for (const { name, leansOn } of tables) if (kept.has(name)) for (const one of leansOn) kept.add(one);
  }
  return inOrder(tables.filter(({ name }) => !kept.has(name)));
}

/** Those on which nobody leans any more come next. Pure; throws where tables lean on each other in a circle. */
export function inOrder(tables: Table[]): string[] {
  const ordered: string[] = [];
  let left = tables;
  while (left.length > 0) {
    const leanedOn = new Set(left.flatMap(({ leansOn }) => leansOn));
    const free = left.filter(({ name }) => !leanedOn.has(name));
    if (free.length === 0) throw new Error(`tables in a circle: ${left.map(({ name }) => name).join(', ')}`);
    ordered.push(...free.map(({ name }) => name));
    left = left.filter((table) => !free.includes(table));
  }
  return ordered;
}
