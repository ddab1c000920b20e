import { newId } from '#server/db/id.ts';
import type { TenantTx } from '#server/db/with-tenant.ts';

/** Ids of labels by their names in small letters; `makes` those that are not there yet. */
export async function labelIds(
  { db, tenantId }: TenantTx,
  names: string[],
  makes: boolean,
): Promise<Map<string, string>> {
  const wanted = [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
  if (wanted.length === 0) return new Map();
  if (makes)
    await db.$executeRaw`
      insert into labels (tenant_id, id, name)
      select ${tenantId}::uuid, id, name
      from unnest(${wanted.map(() => newId())}::uuid[], ${wanted}::text[]) as l (id, name) order by name
      on conflict do nothing`;
  const rows = await db.$queryRaw<{ name: string; id: string }[]>`
    select w.name, l.id from unnest(${wanted}::text[]) as w (name)
    join labels l on l.tenant_id = ${tenantId}::uuid and search_form(l.name) = search_form(w.name)`;
  return new Map(rows.map(({ name, id }) => [name.toLowerCase(), id]));
}
