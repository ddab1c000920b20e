import { z } from 'zod';
import type { TenantTx } from '#server/db/with-tenant.ts';
import { asQuery, type LeadFilter } from './lead-filter.ts';

export const leadSorts = ['last', 'added'] as const;
export type LeadSort = (typeof leadSorts)[number];

const placeForm = z.string().regex(/^[01]_\d{1,15}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export type FoundLead = {
  id: string;
  /** Where the list stands after this lead: a cursor. */
  place: string;
};

type Search = { filter: LeadFilter; sort: LeadSort; cursor: string | null; most: number };

/**
 * The ids of the next leads that match, in order. `last`: those with conversations, the newest message first, then the
 * others, the newest first. `added`: the newest first. A cursor that is none begins at the beginning.
 */
export async function findLeads(tx: TenantTx, { filter, sort, cursor, most }: Search): Promise<FoundLead[]> {
  const [rank = '1', time = '', id = lastId] = placeForm.safeParse(cursor).data?.split('_') ?? [];
  const at = time === '' ? 'infinity' : new Date(Number(time)).toISOString();
  const rows = await tx.db.$queryRaw<{ id: string; rank: number; at: Date; key: string }[]>`
    select id, rank, at, key from find_leads(
      ${asQuery(filter)}::jsonb, ${sort}::text, ${Number(rank)}::int, ${at}::text::timestamptz, ${id}::uuid, ${most}::int)`;
  return rows.map((row) => ({ id: row.id, place: `${row.rank}_${row.at.getTime()}_${row.key}` }));
}

/** How many match; `most` and more are `most`. */
export async function countLeads(tx: TenantTx, filter: LeadFilter, most: number): Promise<number> {
  const [row] = await tx.db.$queryRaw<{ count: number }[]>`
    select count_leads(${asQuery(filter)}::jsonb, ${most}::int) as count`;
  return row?.count ?? 0;
}

/**
 * The next of those that match and were there at `until`, in the order of their ids, for what goes through all of them
 * piece by piece. `after` is null at the beginning.
 */
export async function leadsAfter(
  tx: TenantTx,
  { filter, after, until, most }: { filter: LeadFilter; after: string | null; until: Date; most: number },
): Promise<string[]> {
  const first = '00000000-0000-0000-0000-000000000000';
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select id from leads_after(${asQuery(filter)}::jsonb, ${after ?? first}::uuid, ${until}::timestamptz, ${most}::int) as id`;
  return rows.map(({ id }) => id);
}
